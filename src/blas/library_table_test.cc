#include "blas/library_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string_view>

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

TEST(LibraryTableTest, EveryNameIsOneLibraryOfAKnownFamily) {
  std::set<std::string_view> names;
  for (const BlasLibrary& library : BlasLibraries()) {
    EXPECT_TRUE(names.insert(library.name).second) << library.name;
    EXPECT_EQ(FindBlasLibrary(library.name), &library);
    EXPECT_EQ(FamilyNamed(library.family).name, library.family);
  }
  EXPECT_EQ(FindBlasLibrary("esslish"), nullptr);
  EXPECT_EQ(FamilyNamed("esslish").title, "the BLAS");
}

TEST(LibraryTableTest, BlisReducesPrimesAboveEleven) {
  const BlasLibrary& blis = *FindBlasLibrary("blis-openmp");
  for (const std::uint64_t threads :
       {1U, 2U, 3U, 5U, 7U, 11U, 12U, 15U, 121U}) {
    EXPECT_EQ(WhyNotThreads(blis, threads), std::nullopt) << threads;
  }
  for (const std::uint64_t threads : {13U, 17U, 97U, 127U}) {
    EXPECT_THAT(WhyNotThreads(blis, threads), Optional(HasSubstr("prime")));
  }
  EXPECT_EQ(WhyNotThreads(*FindBlasLibrary("openblas-pthread"), 13),
            std::nullopt);
}

TEST(LibraryTableTest, SomeRunNoMoreThanSoManyThreads) {
  EXPECT_THAT(WhyNotThreads(*FindBlasLibrary("netlib"), 2),
              Optional(HasSubstr("netlib runs 1 thread at most")));
  EXPECT_THAT(WhyNotThreads(*FindBlasLibrary("openblas-openmp"), 65),
              Optional(HasSubstr("64 threads at most")));
  EXPECT_EQ(WhyNotThreads(*FindBlasLibrary("blis-serial"), 1), std::nullopt);
}

}  // namespace
}  // namespace hybrid
