// An agent that says that it is there, and that it is ready, and nothing more
// once a batch has begun: for tests of how bench takes that. No signal makes
// the real one so.

#include <poll.h>

#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

#include "base/clock.h"
#include "cluster/invitation.h"
#include "cluster/launch_plan.h"
#include "cluster/link.h"
#include "cluster/listener.h"
#include "cluster/messages.h"
#include "machine/machine.h"

namespace {

void Answer(const hybrid::Frame& frame, hybrid::Link& link) {
  using hybrid::Message;
  if (frame.message == Message::kSetUp) {
    link.Send(Message::kReady, hybrid::EncodeStart({}));
  } else if (frame.message == Message::kArm) {
    link.Send(Message::kArmed, hybrid::EncodeArmed(hybrid::NowNs()));
  }
}

void Wait(const hybrid::Link& link) {
  pollfd one{.fd = link.fd(), .events = link.events(), .revents = 0};
  poll(&one, 1, 10);
}

void Serve(const hybrid::Invitation& invitation) {
  hybrid::Link link(std::move(hybrid::BeginToConnect(invitation).front()),
                    hybrid::Link::Side::kAgent, invitation.secret,
                    invitation.limits);
  while (!link.Open()) Wait(link);
  link.Send(hybrid::Message::kHello,
            hybrid::EncodeHello(hybrid::OwnHello(hybrid::ReadMachine())));
  while (true) {
    if (const auto frame = link.Receive()) Answer(*frame, link);
    link.Beat();
    Wait(link);
  }
}

}  // namespace

int main() try {
  const char* const told =
      std::getenv(std::string(hybrid::kAgentVariable).c_str());
  if (told == nullptr) return 2;
  Serve(hybrid::ParseInvitation(told));
} catch (const std::exception&) {
  return 1;
}
