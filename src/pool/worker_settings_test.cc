#include "pool/worker_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blas/blas_files.h"
#include "key/test_keys.h"
#include "machine/test_machines.h"
#include "pool/worker_group.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Key SplitKey(std::uint64_t workers, std::uint64_t blas_threads, Pin pin) {
  Key key;
  key.workers = workers;
  key.blas_threads = blas_threads;
  key.pin = pin;
  return key;
}

TEST(WorkerSettingsTest, AutoPinsExactlyWhatFits) {
  EXPECT_EQ(ResolvePin(SplitKey(2, 1, Pin::kAuto), TwoCores()), Pin::kCores);
  EXPECT_EQ(ResolvePin(SplitKey(2, 2, Pin::kAuto), TwoCores()), Pin::kNone);
  EXPECT_EQ(ResolvePin(SplitKey(2, 1, Pin::kNone), TwoCores()), Pin::kNone);
}

TEST(WorkerSettingsTest, PoolsArePlacedAsTheyArePinned) {
  const WorkerSettings workers;
  EXPECT_THAT(
      MakePoolSettings(SplitKey(2, 1, Pin::kAuto), TwoCores(), workers).cpus,
      ElementsAre(ElementsAre(0), ElementsAre(1)));
  const PoolSettings crowded =
      MakePoolSettings(SplitKey(2, 2, Pin::kAuto), TwoCores(), workers);
  EXPECT_THAT(crowded.cpus, IsEmpty());
  EXPECT_TRUE(crowded.oversubscribed);
  EXPECT_THAT(CpusOf(SplitKey(1, 2, Pin::kAuto), TwoCores()),
              ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(CpusOf(SplitKey(2, 2, Pin::kAuto), TwoCores()), IsEmpty());
  EXPECT_EQ(CpusText({{0, 1}, {2, 4}}), "0-1 2,4");
  EXPECT_THAT(CpusOf(SplitKey(2, 2, Pin::kCores), TwoCores()), IsEmpty());
  EXPECT_THROW(
      MakePoolSettings(SplitKey(2, 2, Pin::kCores), TwoCores(), workers),
      PoolError);
}

TEST(WorkerSettingsTest, ACommandLoadsWhatItLikes) {
  WorkerSettings workers;
  workers.command = {.start_timeout_s = 90,
                     .working_directory = "there",
                     .prepare = "./clean",
                     .keep_env = {"OMP_PLACES"}};
  Key key = CommandKey("./job", 8, 2);
  PoolSettings settings = MakePoolSettings(key, TwoCores(), workers);
  EXPECT_EQ(settings.blas.library, "");
  EXPECT_EQ(settings.command.working_directory, "there");
  EXPECT_EQ(settings.command.prepare, "./clean");
  EXPECT_THAT(settings.command.keep_env, ElementsAre("OMP_PLACES"));
  EXPECT_EQ(settings.command.start_timeout_s, 90);
  EXPECT_GE(settings.start_allowance_s, 90);
  EXPECT_THAT(settings.cpus, ElementsAre(ElementsAre(0), ElementsAre(1)));
  key.blas = "blis-openmp";
  settings = MakePoolSettings(key, TwoCores(), workers);
  EXPECT_EQ(settings.blas.library, FilesOf("blis-openmp", 1).library);
  // What it reports is what it found itself.
  EXPECT_THAT(settings.expectation.threading, IsEmpty());
  EXPECT_EQ(settings.expectation.threads, Expectation().threads);
}

TEST(WorkerSettingsTest, AWholeProgramPlacesItsOwnWorkers) {
  Key key = CommandKey("mpirun -np {workers} ./job", 8, 2);
  key.protocol = kWholeProtocol;
  EXPECT_EQ(ResolvePin(key, TwoCores()), Pin::kNone);
  EXPECT_THAT(CpusOf(key, TwoCores()), IsEmpty());
  EXPECT_THAT(MakePoolSettings(key, TwoCores(), {}).cpus, IsEmpty());
}

TEST(WorkerSettingsTest, AWholeProgramIsToldTheFirstHosts) {
  WorkerSettings workers;
  workers.command.hosts = {"a", "b", "c"};
  Key key = CommandKey("mpirun --host {hosts} ./job", 8, 2);
  key.host_count = 2;
  EXPECT_THAT(MakePoolSettings(key, TwoCores(), workers).command.hosts,
              IsEmpty());
  key.protocol = kWholeProtocol;
  EXPECT_THAT(MakePoolSettings(key, TwoCores(), workers).command.hosts,
              ElementsAre("a", "b"));
  workers.command.hosts.clear();  // of an allocation that has no names
  EXPECT_THAT(MakePoolSettings(key, TwoCores(), workers).command.hosts,
              IsEmpty());
}

TEST(WorkerSettingsTest, EachNumberOfThreadsLoadsWhatItsLibraryHasForIt) {
  const WorkerSettings workers{.executable = "worker", .environment = {}};
  const auto file = [&](std::uint64_t blas_threads, const std::string& blas) {
    Key key = SplitKey(1, blas_threads, Pin::kNone);
    key.blas = blas;
    return MakePoolSettings(key, TwoCores(), workers).blas;
  };
  EXPECT_EQ(file(1, "blis").library, FilesOf("blis", 1).library);
  EXPECT_EQ(file(2, "blis").library, FilesOf("blis-openmp", 2).library);
  EXPECT_TRUE(file(2, "blis-typed").typed);
  Key none = SplitKey(1, 1, Pin::kNone);
  none.blas = "/no/such/library.so";
  EXPECT_THROW(MakePoolSettings(none, TwoCores(), workers), PoolError);
}

}  // namespace
}  // namespace hybrid
