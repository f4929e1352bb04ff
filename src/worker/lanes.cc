#include "worker/lanes.h"

#include <pthread.h>

#include <system_error>
#include <vector>

namespace hybrid {
namespace {

/// Whatever `ulimit -s` says, which other threads' stacks follow.
constexpr std::size_t kStackBytes = 16 * 1024 * 1024;

struct Lane {
  const std::function<void(std::size_t lane)>* body;
  std::size_t number;
};

void* Run(void* argument) {
  const auto* const lane = static_cast<const Lane*>(argument);
  (*lane->body)(lane->number);
  return nullptr;
}

/// With a stack as deep as it has to be, which std::thread can't have.
pthread_t Start(Lane& lane) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  int error = pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_t thread{};
  if (error == 0) error = pthread_create(&thread, &attributes, &Run, &lane);
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    throw std::system_error(error, std::generic_category(),
                            "a thread can't be started");
  }
  return thread;
}

}  // namespace

void RunLanes(std::size_t lanes,
              const std::function<void(std::size_t lane)>& body) {
  std::vector<Lane> all;
  for (std::size_t i = 0; i < lanes; ++i) all.push_back({&body, i});
  std::vector<pthread_t> threads;
  for (std::size_t i = 1; i < lanes; ++i) threads.push_back(Start(all[i]));
  body(0);
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
}

}  // namespace hybrid
