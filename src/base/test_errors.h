#ifndef HYBRID_BASE_TEST_ERRORS_H_
#define HYBRID_BASE_TEST_ERRORS_H_

#include <string>

namespace hybrid {

/// For tests: what the Error says that `call` throws; `no error` if it throws
/// none.
template <typename Error, typename Call>
std::string MessageOf(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace hybrid

#endif  // HYBRID_BASE_TEST_ERRORS_H_
