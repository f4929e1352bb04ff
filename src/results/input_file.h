#ifndef HYBRID_RESULTS_INPUT_FILE_H_
#define HYBRID_RESULTS_INPUT_FILE_H_

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"
#include "results/open_file.h"

namespace hybrid {

/// A file or a stream, read once from where it stands to its end. What fails
/// throws ResultsError ("FILE: cause").
class InputFile {
 public:
  /// Reads come in no more than this at once.
  static constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

  using OpenFunction = UniqueFd (*)(const std::string& path,
                                    struct stat& status);

  explicit InputFile(const std::string& path,
                     OpenFunction open_file = OpenInput);

  /// What messages call it.
  const std::string& name() const { return name_; }
  /// How much it held when it was opened; of a stream as much as can be.
  std::uint64_t size() const { return size_; }

  /// What it begins with, which the next Read will still give: at least a byte,
  /// unless it is empty. To be called before anything is read.
  std::string_view Start();

  /// At most `most` of the next bytes; none at the end of the file. Valid
  /// until the next call.
  std::string_view Read(std::uint64_t most);

 private:
  std::string_view ReadNext(std::uint64_t most);
  bool Await();

  std::string name_;
  UniqueFd file_;
  std::vector<char> chunk_;
  std::string_view kept_;  ///< in chunk_: what was read ahead
  std::uint64_t size_;
};

/// Opens the file at `path`, for who reads several.
using InputOpener = std::function<InputFile(const std::string& path)>;

}  // namespace hybrid

#endif  // HYBRID_RESULTS_INPUT_FILE_H_
