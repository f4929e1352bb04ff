// What a library can't do is found out by the worker that loads it, where
// nobody knew before: it came by its path.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "blas/blas_files.h"
#include "blas/test_libraries.h"
#include "pool/local_group.h"
#include "pool/test_pool.h"

namespace hybrid {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

class LibraryLimitsTest : public PoolTest {
 protected:
  /// What a worker over the library of this path says before it is ready.
  static std::string Refusal(const Key& key, const std::string& library) {
    PoolSettings settings = WorkersSettings(key, HYBRID_WORKER);
    settings.blas = FilesOf(library, key.blas_threads);
    settings.expectation = {};
    try {
      const LocalGroup pool(key, settings);
    } catch (const PoolError& error) {
      EXPECT_TRUE(HasNoChildren()) << error.what();
      return error.what();
    }
    return "";
  }
};

TEST_F(LibraryLimitsTest, MoreThreadsThanItsMostAreRefused) {
  const auto library = TestLibrary("openblas-openmp");
  if (!library) GTEST_SKIP() << NoTestLibrary("openblas-openmp");
  const std::string why = Refusal(GemmKey(16, 1, 1, 1000), *library);
  EXPECT_THAT(why, HasSubstr(*library + ": this build of OpenBLAS runs "));
  EXPECT_THAT(why, EndsWith(" threads at most"));
}

TEST_F(LibraryLimitsTest, SerialBuildsRunOneThread) {
  for (const char* const name : {"openblas-serial", "blis-serial"}) {
    const auto library = TestLibrary(name);
    if (!library) GTEST_SKIP() << NoTestLibrary(name);
    EXPECT_THAT(Refusal(GemmKey(16, 1, 1, 2), *library),
                EndsWith(" runs 1 thread at most"));
  }
}

TEST_F(LibraryLimitsTest, PrimesThatBlisCanNotFactorAreRefused) {
  const auto library = TestLibrary("blis-openmp");
  if (!library) GTEST_SKIP() << NoTestLibrary("blis-openmp");
  EXPECT_THAT(Refusal(GemmKey(16, 1, 1, 13), *library),
              EndsWith("BLIS runs 12 threads when told 13 (a prime above 11)"));
}

TEST_F(LibraryLimitsTest, LapackBeyondIts32BitsIsRefused) {
  const auto library = TestLibrary("openblas-serial");
  if (!library) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  Key key = GemmKey(23170, 1, 1, 1);
  key.operation = "gesdd";
  EXPECT_THAT(Refusal(key, *library),
              HasSubstr(*library + ": gesdd counts up to "));
}

}  // namespace
}  // namespace hybrid
