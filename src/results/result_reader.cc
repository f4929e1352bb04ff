#include "results/result_reader.h"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/file_identity.h"
#include "base/text.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

/// The run that `row` belongs to. What doesn't tell its run, or may lack the
/// columns that tell rows of a run apart, is told apart by its time.
std::string RunOf(const Row& row) {
  const bool known = row.schema_version >= kOldestSchemaVersion &&
                     row.schema_version <= kSchemaVersion;
  if (known && !row.run_id.empty()) return row.run_id;
  return fmt::format("{} {} {} {}", row.run_id, row.host, row.time_utc,
                     row.wall_s.value_or(0));
}

/// The number of `value` among those in `numbers`, added if it is new.
template <typename Value>
std::size_t NumberOf(const Value& value,
                     std::map<Value, std::size_t>& numbers) {
  return numbers.try_emplace(value, numbers.size()).first->second;
}

}  // namespace

std::string ResultReader::Note(std::size_t place, std::size_t former,
                               std::size_t rows) const {
  const std::string& file = files_[place];
  const std::string& other = files_[former];
  const bool one = rows == 1;
  const std::string stand =
      Counted(rows, "row") + (one ? " stands in" : " stand in");
  const char* const count = one ? "counts once" : "count once";
  if (place == former) {
    return fmt::format("{}: {} it twice and {}", file, stand, count);
  }
  if (file == other) {
    return fmt::format("{}: given twice: its {} {}", file, Counted(rows, "row"),
                       count);
  }
  if (LeadToSameFile(file, other)) {
    return fmt::format("{}: the same file as {}: its {} {}", file, other,
                       Counted(rows, "row"), count);
  }
  return fmt::format("{}: {} {}, too, and {}", file, stand, other, count);
}

FileRows ResultReader::Read(InputFile file) {
  FileRows result;
  const std::string name = file.name();
  result.rows = ReadCsv(std::move(file), policy_);
  const std::size_t place = files_.size();
  files_.push_back(name);
  std::map<std::size_t, std::size_t> repeated;  // how many by former file
  std::erase_if(result.rows, [&](const Row& row) {
    const std::string run = RunOf(row);
    runs_.try_emplace(row.run_id.empty() ? run : row.run_id, files_.back());
    const Identity identity = {NumberOf(run, run_numbers_),
                               NumberOf<Key>(row, key_numbers_),
                               row.attempt,
                               row.repetition,
                               row.stage,
                               row.round,
                               row.status == Status::kSkipped};
    const auto [former, is_new] = places_.try_emplace(identity, place);
    if (!is_new) ++repeated[former->second];
    return !is_new;
  });
  hosts_.Unify(result.rows);
  for (const auto& [former, rows] : repeated) {
    result.repeated += rows;
    notes_.push_back(Note(place, former, rows));
  }
  return result;
}

ResultRows ReadResultFiles(std::span<const std::string> files,
                           SchemaPolicy policy, const InputOpener& open) {
  ResultReader reader(policy);
  ResultRows all;
  for (const std::string& file : files) {
    FileRows more = reader.Read(open(file));
    if (all.rows.empty()) {
      all.rows = std::move(more.rows);  // never two copies of one large file
    } else {
      all.rows.insert(all.rows.end(),
                      std::make_move_iterator(more.rows.begin()),
                      std::make_move_iterator(more.rows.end()));
    }
  }
  all.notes = reader.notes();
  all.runs = reader.runs();
  return all;
}

}  // namespace hybrid
