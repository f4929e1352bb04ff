#ifndef HYBRID_BASE_TEST_ROOT_H_
#define HYBRID_BASE_TEST_ROOT_H_

#include <gtest/gtest.h>

#include <string>

#include "base/test_folder.h"

namespace hybrid {

/// A test with a folder that stands in for `/`, with the kernel's files as the
/// test lays them.
class RootTest : public ::testing::Test {
 protected:
  void Lay(const std::string& file, const std::string& content) const {
    folder_.Lay(file, content);
  }
  const std::string& root() const { return folder_.path(); }

 private:
  const TestFolder folder_;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_TEST_ROOT_H_
