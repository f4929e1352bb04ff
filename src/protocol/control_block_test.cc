#include "protocol/control_block.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

Key TwoWorkers() {
  Key key;
  key.n = 5;
  key.batch = 3;
  key.workers = 2;
  key.seed = 11;
  return key;
}

std::string ErrorOfMapping(int fd) {
  try {
    ControlMapping mapping{UniqueFd(dup(fd))};
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

TEST(ControlBlockTest, WorkerSeesWhatTheParentWrote) {
  const ControlMapping parent(TwoWorkers());
  const ControlMapping worker{UniqueFd(dup(parent.fd()))};
  EXPECT_EQ(worker.key(), TwoWorkers());
  ASSERT_EQ(worker.slots().size(), 2U);
  worker.slots()[1].error = "lost";
  EXPECT_EQ(parent.slots()[1].error.view(), "lost");
  EXPECT_EQ(parent.slots()[0].error.view(), "");
}

TEST(ControlBlockTest, RefusesAKeyThatDoesNotFit) {
  Key key = TwoWorkers();
  key.operation.assign(9000, 'x');
  EXPECT_THROW(ControlMapping{key}, std::runtime_error);
}

TEST(ControlBlockTest, HoldsTheLongestCommandThatIsTaken) {
  Key key = CommandKey(std::string(4096, 'x'), 8, 2);
  key.environment.assign(2048, 'y');
  key.blas.assign(1024, 'z');
  const ControlMapping parent(key);
  EXPECT_EQ(ControlMapping(UniqueFd(dup(parent.fd()))).key(), key);
}

TEST(ControlBlockTest, AWholeProgramHasOneSlot) {
  Key key = CommandKey("./job", 8, 3);
  EXPECT_EQ(ControlMapping(key).slots().size(), 3U);
  key.protocol = kWholeProtocol;
  EXPECT_EQ(ControlMapping(key).slots().size(), 1U);
  EXPECT_EQ(ControlMapping(key).block().workers, 1U);
}

TEST(ControlBlockTest, RefusesAnotherVersionMagicOrSize) {
  const ControlMapping parent(TwoWorkers());
  EXPECT_EQ(ErrorOfMapping(parent.fd()), "no error");
  parent.block().version = kControlVersion + 1;
  EXPECT_THAT(ErrorOfMapping(parent.fd()), HasSubstr("different builds"));
  parent.block().version = kControlVersion;
  parent.block().workers = 3;
  EXPECT_THAT(ErrorOfMapping(parent.fd()), HasSubstr("different builds"));
  parent.block().magic = 1;
  EXPECT_THAT(ErrorOfMapping(parent.fd()), HasSubstr("not hybridbench's"));
  const SharedMemory tiny("test", 8);
  EXPECT_THAT(ErrorOfMapping(tiny.fd()), HasSubstr("not hybridbench's"));
}

TEST(ControlBlockTest, ContendedWordsAndSlotsHaveLinesOfTheirOwn) {
  const ControlMapping mapping(TwoWorkers());
  const auto line = [](const void* at) {
    return reinterpret_cast<std::uintptr_t>(at) / kNoSharing;
  };
  const ControlBlock& block = mapping.block();
  EXPECT_NE(line(&block.command), line(&block.tickets));
  EXPECT_NE(line(&block.tickets), line(&block.pending));
  EXPECT_NE(line(&block.pending), line(&mapping.slots()[0]));
  EXPECT_NE(line(&mapping.slots()[0].batch), line(&mapping.slots()[1]));
}

TEST(SharedStringTest, CutsWhatDoesNotFit) {
  SharedString<4> text;
  EXPECT_EQ(text.view(), "");
  text = "abcdef";
  EXPECT_EQ(text.view(), "abc");
  text = "x";
  EXPECT_EQ(text.view(), "x");
}

}  // namespace
}  // namespace hybrid
