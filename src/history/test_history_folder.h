#ifndef HYBRID_HISTORY_TEST_HISTORY_FOLDER_H_
#define HYBRID_HISTORY_TEST_HISTORY_FOLDER_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "history/load_history.h"
#include "history/test_history.h"
#include "results/csv_writer.h"

namespace hybrid {

/// For tests: a history that was written to files and read again.
class HistoryFolderTest : public ::testing::Test {
 protected:
  /// Twelve runs; the first configuration is slower from the eighth on.
  HistoryFolderTest() {
    simulation_.runs = 12;
    simulation_.configurations = 3;
    simulation_.repetition_noise = 0.005;
    simulation_.run_noise = 0.003;
    simulation_.level = [](std::size_t r, std::size_t c) {
      return c == 0 && r >= 7 ? 1.2 : 1.0;
    };
  }

  /// Simulates the runs, lets `change_` alter their rows, writes each run to a
  /// file of its own in `m`, and reads that folder.
  History Load() {
    rows_ = Simulate(simulation_, 1);
    if (change_) change_(rows_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      CsvWriter(folder_.File("m/" + std::to_string(100 + i) + ".csv"))
          .Append(rows_[i]);
    }
    return LoadHistory(std::vector{folder_.File("m")});
  }

  TestFolder folder_;
  Simulation simulation_;
  std::function<void(std::vector<std::vector<Row>>&)> change_;
  std::vector<std::vector<Row>> rows_;
};

}  // namespace hybrid

#endif  // HYBRID_HISTORY_TEST_HISTORY_FOLDER_H_
