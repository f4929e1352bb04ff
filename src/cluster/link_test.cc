#include "cluster/link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "cluster/listener.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

constexpr LinkLimits kPatient{.beat_s = 0.5, .silence_s = 1000};

/// Two ends of a TCP connection on this machine.
struct Ends {
  Ends() {
    Listener listener;
    agent = std::move(
        BeginToConnect({.addresses = {"127.0.0.1"}, .port = listener.port()})
            .front());
    std::optional<UniqueFd> taken;
    while (!taken) taken = listener.Accept();
    bench = *std::move(taken);
  }
  UniqueFd bench;
  UniqueFd agent;
};

/// Both sides in turn until they are open, or one fails.
void OpenBoth(Link& bench, Link& agent) {
  bool is_open = false;
  while (!is_open) {
    const bool bench_is = bench.Open();
    is_open = agent.Open() && bench_is;
  }
}

Frame AwaitFrame(Link& link) {
  while (true) {
    if (std::optional<Frame> frame = link.Receive()) return *std::move(frame);
  }
}

class LinkTest : public ::testing::Test {
 protected:
  explicit LinkTest(LinkLimits limits = kPatient)
      : bench_(std::move(ends_.bench), Link::Side::kBench, secret_, limits),
        agent_(std::move(ends_.agent), Link::Side::kAgent, secret_, limits) {}

  /// What went wrong at bench's end when it went on receiving.
  std::string CauseAtBench() {
    try {
      while (true) {
        bench_.Receive();
        bench_.Beat();
      }
    } catch (const LinkError& error) {
      return error.what();
    }
  }

  Secret secret_ = NewSecret();
  Ends ends_;
  Link bench_;
  Link agent_;
};

TEST_F(LinkTest, BothSidesSpeakOnceBothAreProved) {
  OpenBoth(bench_, agent_);
  EXPECT_EQ(bench_.Receive(), std::nullopt);
  agent_.Send(Message::kHello, "here");
  agent_.Send(Message::kWant);
  bench_.Send(Message::kSurvey);
  EXPECT_EQ(AwaitFrame(bench_), (Frame{Message::kHello, "here"}));
  EXPECT_EQ(AwaitFrame(bench_), (Frame{Message::kWant, ""}));
  EXPECT_EQ(AwaitFrame(agent_), (Frame{Message::kSurvey, ""}));
}

TEST_F(LinkTest, LongMessagesComeThrough) {
  OpenBoth(bench_, agent_);
  const std::string body(5'000'000, 'x');
  agent_.Send(Message::kReport, body);
  EXPECT_NE(agent_.events() & POLLOUT, 0);
  std::optional<Frame> frame;
  while (!frame) {
    agent_.Receive();
    frame = bench_.Receive();
  }
  EXPECT_EQ(frame->body, body);
  EXPECT_EQ(agent_.events(), POLLIN);
}

TEST_F(LinkTest, NothingThatIsSaidCanBeRead) {
  // A man in the middle, who passes on what he reads.
  Ends far;
  Link agent(std::move(far.agent), Link::Side::kAgent, secret_, kPatient);
  const int near = agent_.fd();
  const int other = far.bench.get();
  std::string seen;
  const auto pass = [&seen](int from, int to) {
    char bytes[4096];
    const ssize_t got = recv(from, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got <= 0) return;
    seen.append(bytes, static_cast<std::size_t>(got));
    EXPECT_EQ(send(to, bytes, static_cast<std::size_t>(got), 0), got);
  };
  bool is_open = false;
  while (!is_open) {
    is_open = bench_.Open();
    is_open &= agent.Open();
    pass(near, other);
    pass(other, near);
  }
  agent.Send(Message::kHello, "nobody else may know this");
  std::optional<Frame> frame;
  while (!frame) {
    pass(other, near);
    frame = bench_.Receive();
  }
  EXPECT_EQ(frame->body, "nobody else may know this");
  EXPECT_EQ(seen.find("nobody"), std::string::npos);
  EXPECT_EQ(seen.find(std::string(secret_.begin(), secret_.end()).substr(0, 8)),
            std::string::npos);
}

TEST_F(LinkTest, ASideThatIsGoneIsKnown) {
  OpenBoth(bench_, agent_);
  agent_.Send(Message::kHello, "last words");
  { const Link gone = std::move(agent_); }
  EXPECT_EQ(AwaitFrame(bench_).body, "last words");
  EXPECT_THAT(CauseAtBench(), HasSubstr("closed the connection"));
}

TEST_F(LinkTest, ASideThatIsGoneWithoutHavingReadAllIsGoneAsWell) {
  OpenBoth(bench_, agent_);
  bench_.Send(Message::kSurvey);
  { const Link gone = std::move(agent_); }
  EXPECT_EQ(CauseAtBench(), "closed the connection");
}

TEST_F(LinkTest, WhatIsNoTlsIsRefused) {
  ASSERT_EQ(write(agent_.fd(), "GET / HTTP/1.1\r\n\r\n", 18), 18);
  try {
    while (!bench_.Open()) {
    }
    ADD_FAILURE();
  } catch (const LinkError& error) {
    EXPECT_THAT(error.what(), HasSubstr("does not prove to know the secret"));
  }
}

TEST_F(LinkTest, ReturnsFromWhoeverTalksWithoutEnd) {
  OpenBoth(bench_, agent_);
  // As many as the system takes, and more with each call.
  while ((agent_.events() & POLLOUT) == 0) agent_.Send(Message::kBeat);
  int calls = 0;
  for (; calls < 2; ++calls) EXPECT_EQ(bench_.Receive(), std::nullopt);
  // There still is something to be received.
  pollfd poll_bench{.fd = bench_.fd(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(poll(&poll_bench, 1, 0), 1);
}

TEST_F(LinkTest, WritingToWhoIsGoneIsAnErrorAndNoSignal) {
  OpenBoth(bench_, agent_);
  { const Link gone = std::move(agent_); }
  EXPECT_THROW(while (true) bench_.Send(Message::kBeat), LinkError);
}

TEST(LinkSecretTest, ASideWithAnotherSecretIsRefused) {
  Ends ends;
  Link bench(std::move(ends.bench), Link::Side::kBench, NewSecret(), kPatient);
  Link agent(std::move(ends.agent), Link::Side::kAgent, NewSecret(), kPatient);
  try {
    OpenBoth(bench, agent);
    ADD_FAILURE();
  } catch (const LinkError& error) {
    EXPECT_THAT(error.what(), HasSubstr("does not prove to know the secret"));
  }
}

class ImpatientLinkTest : public LinkTest {
 protected:
  ImpatientLinkTest() : LinkTest({.beat_s = 0.01, .silence_s = 0.1}) {}
};

TEST_F(ImpatientLinkTest, SilenceIsAnError) {
  OpenBoth(bench_, agent_);
  EXPECT_THAT(CauseAtBench(), HasSubstr("has said nothing for 0."));
}

TEST_F(ImpatientLinkTest, AndSoItIsBeforeAnythingIsProved) {
  EXPECT_THROW(while (!bench_.Open()) bench_.Beat(), LinkError);
}

TEST_F(ImpatientLinkTest, BeatsKeepALinkAlive) {
  OpenBoth(bench_, agent_);
  std::thread agent([this] {
    // Ten times the silence that is allowed.
    for (int i = 0; i < 200; ++i) {
      EXPECT_EQ(agent_.Receive(), std::nullopt);
      agent_.Beat();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    agent_.Send(Message::kHello);
  });
  std::optional<Frame> frame;
  while (!frame) {
    frame = bench_.Receive();
    bench_.Beat();
  }
  EXPECT_EQ(frame->message, Message::kHello);
  agent.join();
}

}  // namespace
}  // namespace hybrid
