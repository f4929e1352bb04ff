// Tests run beside each other, and beside who measures: what a program with
// this file starts locks CPUs in a folder of this process's own.

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/test_folder.h"

namespace hybrid {
namespace {

class OwnLocks : public ::testing::Environment {
 public:
  void SetUp() override {
    setenv("HYBRIDBENCH_LOCKS", folder_.path().c_str(), 1);
  }

 private:
  const TestFolder folder_;
};

const ::testing::Environment* const kOwnLocks =
    ::testing::AddGlobalTestEnvironment(new OwnLocks);

}  // namespace
}  // namespace hybrid
