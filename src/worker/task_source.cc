#include "worker/task_source.h"

#include "base/clock.h"

namespace hybrid {

TaskRange TicketSource::Claim(std::uint64_t max) {
  while (true) {
    const TicketRing::Claimed claimed = tickets_.Claim(max, workers_, hint_);
    if (claimed.asks) link_.AskForTickets();
    if (claimed.tasks.count > 0 || claimed.is_over) return claimed.tasks;
    const std::int64_t since_ns = NowNs();
    if (tickets_.BeginToWait()) link_.AskForTickets();
    const bool has_parent = link_.AwaitTickets();
    tickets_.EndWait();
    // Without one nothing will come.
    if (!has_parent) return {};
    starved_ns_ += NowNs() - since_ns;
  }
}

}  // namespace hybrid
