#include "prediction/task_size.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/parse_number.h"
#include "prediction/prediction_error.h"
#include "results/row_format.h"

namespace hybrid {

TaskSize ParseTaskSize(std::string_view flag, std::string_view text) {
  TaskSize size;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view item = text.substr(begin, end - begin);
    const std::size_t sign = std::min(item.find('='), item.size());
    const std::string_view name = item.substr(0, sign);
    const auto value = ParseNumber<std::uint64_t>(
        item.substr(std::min(sign + 1, item.size())));
    std::uint64_t* const field = name == "n"       ? &size.n
                                 : name == "batch" ? &size.batch
                                                   : nullptr;
    // What is 0 was not given yet.
    if (field == nullptr || *field != 0 || value.value_or(0) == 0) {
      size = {};
      break;
    }
    *field = *value;
    begin = end + 1;
  }
  if (size.batch == 0) {
    throw PredictionError(
        fmt::format("{}={}: takes n=NUMBER,batch=NUMBER, such as "
                    "{}=n=300,batch=50",
                    flag, Excerpt(text), flag));
  }
  return size;
}

}  // namespace hybrid
