// Runs the real executables, and compares what they print with recorded files
// byte for byte. Knows nothing of the executables' sources.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "../test_tool.h"
#include "golden_cases.h"

namespace hybrid {

/// How GoogleTest's messages name a case.
void PrintTo(const GoldenCase& golden, std::ostream* stream) {
  *stream << golden.command;
}

namespace {

namespace fs = std::filesystem;

constexpr char kRenew[] = "HYBRID_RENEW_GOLDEN";
const fs::path kExpected = HYBRID_GOLDEN "/expected";

std::string ReadRecorded(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Takes away what would steer the programs, and lets the shell find them.
void PrepareEnvironment() {
  std::vector<std::string> names;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const std::string name(text.substr(0, text.find('=')));
    if (name != kRenew &&
        (name.starts_with("HWLOC_") || name.starts_with("BENCHMARK_") ||
         name.starts_with("HYBRID_"))) {
      names.push_back(name);
    }
  }
  for (const std::string& name : names) unsetenv(name.c_str());
  const char* const path = std::getenv("PATH");
  setenv("PATH", (HYBRID_PROGRAMS ":" + std::string(path ? path : "")).c_str(),
         1);
}

/// "wrote standard output: 1.1 MB" without the size, most of which is Vega's.
std::string WithoutSize(std::string text) {
  constexpr std::string_view kBefore = "wrote standard output: ";
  const std::size_t at = text.find(kBefore);
  if (at == std::string::npos) return text;
  const std::size_t size = at + kBefore.size();
  return text.replace(size, text.find(',', size) - size, "SIZE");
}

/// What a case's command writes to stdout; then to stderr, and its exit status.
std::string Transcript(const GoldenCase& golden) {
  const std::string script = "cd '" HYBRID_GOLDEN
                             "/input' && exec 3>&1 && rest=$({ " +
                             golden.command +
                             "; } 2>&1 1>&3 3>&-; echo \"exit status $?\"); "
                             "printf '%s\\n' '-- stderr --' \"$rest\"";
  std::string output = RunTool(script).output;
  const std::size_t end = output.rfind("-- stderr --\n");
  if (golden.keep != nullptr && end != std::string::npos) {
    output = golden.keep(std::string_view(output).substr(0, end)) +
             WithoutSize(output.substr(end));
  }
  return "$ " + golden.command + '\n' + output;
}

/// Whether the real machine has a CPU quota, which holds for one that hwloc
/// makes up, too. The system is asked, not bench: what bench gets wrong must
/// not skip its test.
bool HasQuota() {
  static const bool has_quota =
      RunTool(
          "cat /sys/fs/cgroup/cpu.max /sys/fs/cgroup/cpu/cpu.cfs_quota_us "
          "\"/sys/fs/cgroup$(sed -n s/^0:://p /proc/self/cgroup)/cpu.max\" "
          "2>/dev/null | grep -q '^[1-9]'")
          .status == 0;
  return has_quota;
}

/// The first line in which the texts differ, from shortly before the place
/// where they do.
std::string FirstDifference(const std::string& expected,
                            const std::string& now) {
  constexpr std::size_t kBefore = 60;
  constexpr std::size_t kLongest = 160;
  const auto place = static_cast<std::size_t>(
      std::mismatch(expected.begin(), expected.end(), now.begin(), now.end())
          .first -
      expected.begin());
  const auto line =
      1 + std::count(expected.begin(),
                     expected.begin() + static_cast<std::ptrdiff_t>(place),
                     '\n');
  const std::size_t end =
      place == 0 ? std::string::npos : expected.rfind('\n', place - 1);
  const std::size_t start = end == std::string::npos ? 0 : end + 1;
  const std::size_t begin = place - start > kBefore ? place - kBefore : start;
  const auto excerpt = [&](const std::string& text) {
    const std::string rest = text.substr(begin, kLongest);
    return rest.empty() ? "(end)" : rest.substr(0, rest.find('\n'));
  };
  return "line " + std::to_string(line) + ", from column " +
         std::to_string(begin - start + 1) +
         "\n  expected: " + excerpt(expected) + "\n  now:      " + excerpt(now);
}

class GoldenTest : public ::testing::TestWithParam<GoldenCase> {
 protected:
  static void SetUpTestSuite() { PrepareEnvironment(); }
};

TEST_P(GoldenTest, PrintsWhatIsRecorded) {
  const GoldenCase& golden = GetParam();
#ifndef HYBRID_HAS_REPORT
  if (golden.Runs("hybrid-report")) {
    GTEST_SKIP() << "hybrid-report is not built: npm was not found";
  }
#endif
  if (golden.Runs("hybrid-report") &&
      !fs::exists(HYBRID_PROGRAMS "/report/page.html")) {
    GTEST_SKIP() << "the page is not there: npm could not fetch it";
  }
  if (golden.IsSynthetic() && HasQuota()) {
    GTEST_SKIP() << "a CPU quota hides cores that hwloc makes up";
  }
  const std::string now = Transcript(golden);
  const fs::path file = kExpected / golden.file;
  if (std::getenv(kRenew) != nullptr) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << now;
    return;
  }
  const std::string expected = ReadRecorded(file);
  if (now == expected) return;
  ADD_FAILURE() << "tools/golden/expected/" << golden.file << ", "
                << FirstDifference(expected, now)
                << "\nIf that is meant: HYBRID_RENEW_GOLDEN=1 "
                   "./build/tests/golden_test, then git diff";
}

/// A name of letters, digits and underscores, which are all that a test's may
/// hold.
std::string TestName(const ::testing::TestParamInfo<GoldenCase>& test) {
  std::string name = test.param.file;
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, GoldenTest, ::testing::ValuesIn(AllGoldenCases()),
                         TestName);

TEST(GoldenFilesTest, EachHasItsCommand) {
  const std::vector<GoldenCase> cases = AllGoldenCases();
  std::error_code none_yet;
  for (const auto& entry :
       fs::recursive_directory_iterator(kExpected, none_yet)) {
    if (entry.is_directory()) continue;
    const std::string file = fs::relative(entry.path(), kExpected).string();
    if (std::none_of(cases.begin(), cases.end(),
                     [&file](const GoldenCase& golden) {
                       return golden.file == file;
                     })) {
      ADD_FAILURE() << "tools/golden/expected/" << file
                    << ": no command prints it any more";
    }
  }
}

}  // namespace
}  // namespace hybrid
