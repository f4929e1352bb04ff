// Results on standard output and in pipes, in the place of a file.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <future>
#include <string>
#include <vector>

#include "base/unique_fd.h"
#include "results/csv_reader.h"
#include "results/row_format.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class BenchStreamsTest : public BenchTest {
 protected:
  std::vector<Row> Rows(const std::string& csv) const {
    WriteFile(File("read.csv"), csv);
    return ReadCsv(File("read.csv"));
  }

  /// What stands in the pipe `name` until nobody writes into it any more.
  std::future<std::string> ReadPipe(const std::string& name) const {
    EXPECT_EQ(mkfifo(File(name).c_str(), 0600), 0);
    return std::async(std::launch::async,
                      [path = File(name)] { return ReadFile(path); });
  }

  void ExpectRefused(const BenchResult& result, const std::string& line) {
    EXPECT_EQ(result.exit_code(), 2);
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_THAT(Lines(result.err), ElementsAre("bench: " + line));
    EXPECT_THAT(Files(), IsEmpty());
  }
};

TEST_F(BenchStreamsTest, RowsOnStandardOutputAndTheRestOnStandardError) {
  for (const std::string name : {"-", "/dev/stdout"}) {
    const BenchResult result = Run(Quick({"--csv=" + name}));
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(result.out, StartsWith(HeaderLine()));
    EXPECT_THAT(Rows(result.out), SizeIs(4));
    EXPECT_THAT(result.err,
                AllOf(HasSubstr("[2/2]"), HasSubstr("standard output\n")));
  }
  EXPECT_THAT(Files(), ElementsAre("read.csv"));
}

TEST_F(BenchStreamsTest, RowsInAPipe) {
  std::future<std::string> csv = ReadPipe("pipe");
  BenchResult result = Run(Quick({"--csv=-"}), WithStreams(File("pipe")));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Rows(csv.get()), SizeIs(4));
  // As in --csv=>(gzip >r.csv.gz).
  std::future<std::string> named = ReadPipe("named");
  result = Run(Quick({"--csv=" + File("named")}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Rows(named.get()), SizeIs(4));
  EXPECT_THAT(result.out, HasSubstr("[2/2]"));
}

TEST_F(BenchStreamsTest, GooglesConsoleLinesAreForPeople) {
  const BenchResult result =
      Run(Quick({"--csv=-", "--benchmark_format=console"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Rows(result.out), SizeIs(4));
  EXPECT_THAT(result.err, HasSubstr("/manual_time"));
}

TEST_F(BenchStreamsTest, JsonOnStandardOutput) {
  const BenchResult result = Run(Quick({"--csv=r.csv", "--benchmark_out=-"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(ParseGoogleJson(result.out).Repetitions(), SizeIs(4));
  EXPECT_THAT(result.err, HasSubstr("[2/2]"));
  EXPECT_THAT(Files(), ElementsAre("r.csv"));
}

TEST_F(BenchStreamsTest, AReaderThatIsGoneIsNoSilentSuccess) {
  const std::string pipe = File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  UniqueFd reader(open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  BenchProcess bench(folder(), Quick({"--n=16,400", "--csv=-"}),
                     WithStreams(pipe));
  std::string text(1, '\0');
  bench.Await([&] { return read(reader.get(), text.data(), 1) == 1; });
  reader.Close();
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(Lines(result.err),
              ::testing::Contains(
                  StartsWith("bench: --csv: standard output: Broken pipe")));
  EXPECT_THAT(result.err, HasSubstr("[4/4]"));
}

TEST_F(BenchStreamsTest, NobodyReadsAtAll) {
  const std::string pipe = File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  UniqueFd reader(open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  UniqueFd writer(open(pipe.c_str(), O_WRONLY | O_CLOEXEC));
  reader.Close();
  BenchSettings settings;
  settings.prepare = [&] { dup2(writer.get(), STDOUT_FILENO); };
  const BenchResult result = Run(Quick({"--csv=-"}), settings);
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_EQ(result.err, "bench: --csv: standard output: Broken pipe\n");
}

TEST_F(BenchStreamsTest, AFullDiskIsAnError) {
  const BenchResult result = Run(Quick({"--csv=-"}), WithStreams("/dev/full"));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_EQ(result.err,
            "bench: --csv: standard output: No space left on device\n");
}

TEST_F(BenchStreamsTest, OneStreamTakesOneOutput) {
  ExpectRefused(
      Run(Quick({"--csv=-", "--benchmark_format=json"})),
      "--csv=- and --benchmark_format=json both go to standard output; name a "
      "file for one of them");
  ExpectRefused(
      Run(Quick({"--csv=/dev/stdout", "--benchmark_out=/dev/stdout"})),
      "--csv=- and --benchmark_out=- both go to standard output; name a file "
      "for one of them");
  ExpectRefused(
      Run(Quick({"--csv=none", "--benchmark_out=-", "--benchmark_format=csv"})),
      "--benchmark_out=- and --benchmark_format=csv both go to standard "
      "output; "
      "name a file for one of them");
  ExpectRefused(Run(Quick({"--csv=-", "--record"})),
                "--record chooses the file's name, --csv=- another one: give "
                "one of them");
}

TEST_F(BenchStreamsTest, RowsAndTheTableInOnePipe) {
  std::future<std::string> both = ReadPipe("pipe");
  const BenchResult result =
      Run(Quick({"--csv=-"}), WithStreams(File("pipe"), File("pipe")));
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_EQ(both.get(),
            "bench: --csv=-: standard error, which has the table and the "
            "answer, goes there, too; send it elsewhere\n");
}

TEST_F(BenchStreamsTest, AFileThatHoldsSomethingIsNotAddedTo) {
  WriteFile(File("kept"), "kept\n");
  const BenchResult result = Run(Quick({"--csv=-"}), WithStreams(File("kept")));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_EQ(result.err,
            "bench: --csv: standard output: that file is not empty: choose "
            "another one\n");
  EXPECT_EQ(ReadFile(File("kept")), "kept\n");
}

TEST_F(BenchStreamsTest, AClosedStandardOutputTakesNothing) {
  BenchSettings settings;
  settings.prepare = [] { close(STDOUT_FILENO); };
  ExpectRefused(Run(Quick({"--csv=-"}), settings),
                "--csv=-: standard output is closed");
  ExpectRefused(Run(Quick({"--csv=none", "--benchmark_format=json"}), settings),
                "--benchmark_format=json: standard output is closed");
}

TEST_F(BenchStreamsTest, AStreamCantBeGoneOnWith) {
  const std::string why =
      ": no file but a stream, to which no rows can be added; save it as a "
      "file first";
  ExpectRefused(Run({"--resume=-"}), "--resume: standard input" + why);
  // As in --resume=<(zcat r.csv.gz).
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string path = "/dev/fd/" + std::to_string(ends[0]);
  ExpectRefused(Run({"--resume=" + path}), "--resume: " + path + why);
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace hybrid
