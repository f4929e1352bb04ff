#ifndef HYBRID_TOOLS_TEST_TOOL_FILES_H_
#define HYBRID_TOOLS_TEST_TOOL_FILES_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/test_folder.h"
#include "results/csv_writer.h"
#include "results/row.h"
#include "test_tool.h"

namespace hybrid {

/// For tests: a folder with the files that a tool is to read.
class ToolTest : public ::testing::Test {
 protected:
  /// The path of `name` in the folder, quoted for the shell.
  std::string Quoted(const std::string& name) const {
    return "'" + folder_.File(name) + "'";
  }

  /// Writes a result file `name` of `rows`; returns its path, quoted for the
  /// shell.
  std::string Write(const std::string& name,
                    const std::vector<Row>& rows) const {
    CsvWriter(folder_.File(name)).Append(rows);
    return Quoted(name);
  }

  TestFolder folder_;
};

/// For tests: three repetitions on two cores of 2×1, which takes about 1 s, in
/// turns with 1×1, which takes twice the time.
inline std::vector<Row> RowsOfTwoSplits() {
  Row row;
  row.run_id = "run";
  row.n = 256;
  row.batch = 64;
  row.usable_cores = 2;
  row.status = Status::kOk;
  row.blas_threads = 1;
  std::vector<Row> rows;
  for (const double time : {1.0, 1.01, 0.99}) {
    row.workers = 2;
    row.wall_s = time;
    rows.push_back(row);
    row.workers = 1;
    row.wall_s = 2 * time;
    rows.push_back(row);
    ++row.repetition;
  }
  return rows;
}

/// For tests: runs hybrid-compare through the shell; `arguments` may redirect.
inline ToolResult RunCompare(const std::string& arguments) {
  return RunTool("'" HYBRID_COMPARE "' " + arguments);
}

/// For tests: expects that `tool` failed as all tools do, with status 2, and
/// said why in one line, which is the output of `result`.
inline void ExpectOneLineError(const ToolResult& result,
                               const std::string& tool) {
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, ::testing::StartsWith(tool + ": "));
  EXPECT_EQ(result.output.find('\n'), result.output.size() - 1)
      << result.output;
}

}  // namespace hybrid

#endif  // HYBRID_TOOLS_TEST_TOOL_FILES_H_
