#ifndef HYBRID_RESULTS_TEST_FILES_H_
#define HYBRID_RESULTS_TEST_FILES_H_

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/test_folder.h"

namespace hybrid {

/// For tests: all that is in the file; empty where there is none.
inline std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// For tests: writes a file, in place of what was there.
inline void WriteFile(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace hybrid

#endif  // HYBRID_RESULTS_TEST_FILES_H_
