#include "output/row_file.h"

#include <fmt/format.h>

#include <exception>
#include <stdexcept>
#include <utility>

#include "base/standard_streams.h"

namespace hybrid {

RowFile::RowFile(RowPlace place) : place_(std::move(place)) {
  if (place_.path.empty()) return;
  try {
    if (place_.position) {
      csv_.emplace(place_.path, *place_.position);
    } else {
      csv_.emplace(place_.path, place_.name);
    }
  } catch (const std::exception& error) {
    throw std::runtime_error(fmt::format("{}: {}", place_.flag, error.what()));
  }
}

void RowFile::CutTail() {
  if (!csv_ || !place_.position) return;
  try {
    if (place_.former_rows) {
      csv_->Rewrite(*std::exchange(place_.former_rows, std::nullopt));
    } else {
      csv_->CutTail();
    }
  } catch (const std::exception& error) {
    throw std::runtime_error(fmt::format("{}: {}", place_.flag, error.what()));
  }
}

void RowFile::Append(std::span<const Row> rows) {
  if (!csv_) return;
  try {
    csv_->Append(rows);
  } catch (const std::exception& error) {
    ++failures_;
    PrintError(
        fmt::format("bench: {}: {}; the rest of the sweep goes on without the "
                    "file\n",
                    place_.flag, error.what()));
    // Later rows would leave a gap that nothing shows.
    Close();
  }
}

std::string RowFile::written_path() const {
  const bool has_rows = csv_ && csv_->rows_written() + place_.rows > 0;
  return has_rows ? csv_->path() : "";
}

void RowFile::Close() {
  if (!csv_) return;
  csv_->RemoveIfEmpty();
  csv_.reset();
}

}  // namespace hybrid
