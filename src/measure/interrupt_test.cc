#include "measure/interrupt.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace hybrid {
namespace {

// In processes of their own, since a signal is noted for good.
void Check(bool holds) {
  if (!holds) std::_Exit(1);
}

TEST(InterruptDeathTest, TheFirstSignalIsNoted) {
  EXPECT_EXIT(
      {
        CatchInterrupts();
        Check(!Interrupted() && InterruptSignal() == 0);
        raise(SIGTERM);
        Check(Interrupted() && InterruptSignal() == SIGTERM);
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, AnotherOneAtOnceIsTheSame) {
  EXPECT_EXIT(
      {
        CatchInterrupts();
        raise(SIGINT);
        raise(SIGTERM);
        Check(InterruptSignal() == SIGINT);
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, AHangUpIsASignalLikeTheOthers) {
  EXPECT_EXIT(
      {
        signal(SIGHUP, SIG_DFL);
        CatchInterrupts();
        raise(SIGHUP);
        Check(InterruptSignal() == SIGHUP);
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, UnderNohupAHangUpIsNothing) {
  EXPECT_EXIT(
      {
        signal(SIGHUP, SIG_IGN);
        CatchInterrupts();
        raise(SIGHUP);
        Check(!Interrupted());
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, AReaderThatIsGoneEndsNobody) {
  EXPECT_EXIT(
      {
        OutliveReaders();
        raise(SIGPIPE);
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, AFileThatIsTooLargeEndsNobody) {
  EXPECT_EXIT(
      {
        CatchInterrupts();
        raise(SIGXFSZ);
        Check(!Interrupted());
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace hybrid
