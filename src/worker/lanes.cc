#include "worker/lanes.h"

#include <pthread.h>

#include <atomic>
#include <deque>
#include <system_error>
#include <vector>

#include "operation/caller_stack.h"

namespace hybrid {
namespace {

/// What the threads wait for before they call anything.
enum class Start { kWait, kGo, kCancel };

struct Lane {
  const std::function<void(std::size_t lane)>* body;
  std::size_t number;
  const std::atomic<Start>* start;
};

void* Run(void* argument) {
  const auto* const lane = static_cast<const Lane*>(argument);
  lane->start->wait(Start::kWait);
  if (*lane->start == Start::kGo) (*lane->body)(lane->number);
  return nullptr;
}

/// With a stack as deep as it has to be, which std::thread can't have.
pthread_t StartThread(Lane& lane) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  int error = pthread_attr_setstacksize(&attributes, kCallerStackBytes);
  pthread_t thread{};
  if (error == 0) error = pthread_create(&thread, &attributes, &Run, &lane);
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    throw std::system_error(error, std::generic_category(),
                            "a thread can't be started");
  }
  return thread;
}

/// Threads that wait for their start. They are joined with the object, so that
/// none outlives what it reads; without a start they call nothing.
class Threads {
 public:
  Threads() = default;
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  ~Threads() {
    if (start_ == Start::kWait) Tell(Start::kCancel);
    for (const pthread_t thread : threads_) pthread_join(thread, nullptr);
  }

  /// Throws std::system_error.
  void Add(const std::function<void(std::size_t lane)>& body,
           std::size_t number) {
    lanes_.push_back({&body, number, &start_});
    threads_.push_back(StartThread(lanes_.back()));
  }
  void Go() { Tell(Start::kGo); }

 private:
  void Tell(Start start) {
    start_ = start;
    start_.notify_all();
  }

  std::atomic<Start> start_ = Start::kWait;
  /// Whose elements stay where they are.
  std::deque<Lane> lanes_;
  std::vector<pthread_t> threads_;
};

}  // namespace

void RunLanes(std::size_t lanes,
              const std::function<void(std::size_t lane)>& body) {
  Threads others;
  for (std::size_t i = 1; i < lanes; ++i) others.Add(body, i);
  others.Go();
  body(0);
}

}  // namespace hybrid
