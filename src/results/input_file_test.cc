#include "results/input_file.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/test_folder.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

std::string ReadRest(InputFile file, std::size_t at_once) {
  std::string text;
  for (;;) {
    const std::string_view more = file.Read(at_once);
    if (more.empty()) return text;
    text += more;
  }
}

TEST(InputFileTest, ItsStartIsReadAgain) {
  const TestFolder folder;
  std::string text;
  while (text.size() < 3 * InputFile::kChunkBytes) {
    text += std::to_string(text.size()) + "\n";
  }
  folder.Lay("/file", text);
  for (const std::size_t at_once : {std::size_t{1000}, text.size()}) {
    InputFile file(folder.File("file"));
    EXPECT_EQ(file.size(), text.size());
    EXPECT_EQ(file.Start().substr(0, 6), "0\n2\n4\n");
    EXPECT_EQ(file.Start().substr(0, 6), "0\n2\n4\n");
    EXPECT_EQ(ReadRest(std::move(file), at_once), text);
    EXPECT_EQ(ReadRest(InputFile(folder.File("file")), at_once), text);
  }
}

TEST(InputFileTest, MayBeEmptyOrMissing) {
  const TestFolder folder;
  folder.Lay("/empty", "");
  InputFile file(folder.File("empty"));
  EXPECT_EQ(file.Start(), "");
  EXPECT_EQ(file.Read(1), "");
  EXPECT_THROW(InputFile(folder.File("missing")), ResultsError);
  EXPECT_THROW(InputFile{folder.path()}, ResultsError);
}

}  // namespace
}  // namespace hybrid
