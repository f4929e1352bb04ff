#include "measure/program_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

MappedLibrary Library(const std::string& file) {
  return LibraryOfFile(file).value();
}

TEST(ProgramFactsTest, AllLibrariesAreNamedAndTheFirstBlasIsTheFile) {
  Row row;
  row.libraries = "before";
  FillProgramFacts({.peak_bytes = 1234,
                    .libraries = {Library("/u/libopenblasp-r0.3.21.so"),
                                  Library("/n/libscipy_openblas-1.so"),
                                  Library("/u/libgomp.so.1.0.0")}},
                   row);
  EXPECT_EQ(row.peak_memory_bytes, 1234U);
  EXPECT_EQ(row.blas_file, "/u/libopenblasp-r0.3.21.so");
  EXPECT_EQ(row.libraries,
            "openblas-0.3.21 (/u/libopenblasp-r0.3.21.so); "
            "openblas (/n/libscipy_openblas-1.so); "
            "libgomp (/u/libgomp.so.1.0.0)");
}

TEST(ProgramFactsTest, WhatWasNotSeenChangesNothing) {
  Row row;
  row.blas_file = "/u/libblis.so.4";
  Row same = row;
  FillProgramFacts({}, row);
  EXPECT_EQ(row, same);
  FillProgramFacts(
      {.peak_bytes = {}, .libraries = {Library("/u/libgomp.so.1")}}, row);
  EXPECT_EQ(row.blas_file, "/u/libblis.so.4");
}

TEST(OtherBlasTest, OneThatLiesElsewhereIsNamedBesideTheOneAskedFor) {
  const MappedLibrary asked = Library("/u/openblas-pthread/libblas.so.3");
  const MappedLibrary other = Library("/n/libscipy_openblas-1.so");
  const std::string folder = "/u/openblas-pthread";
  EXPECT_EQ(OtherBlasText("openblas-pthread", folder, {}), "");
  EXPECT_EQ(OtherBlasText("openblas-pthread", folder, std::vector{asked}), "");
  EXPECT_EQ(OtherBlasText("openblas-pthread", folder,
                          std::vector{asked, Library("/u/libgomp.so.1")}),
            "");
  EXPECT_THAT(
      OtherBlasText("openblas-pthread", folder, std::vector{other}),
      AllOf(HasSubstr("--blas=openblas-pthread: the program has mapped "
                      "openblas (/n/libscipy_openblas-1.so) in place of that "
                      "of /u/openblas-pthread"),
            HasSubstr("Leave --blas out")));
  EXPECT_THAT(
      OtherBlasText("openblas-pthread", folder, std::vector{other, asked}),
      HasSubstr(") beside that of /u/openblas-pthread: its calls of LAPACK"));
}

}  // namespace
}  // namespace hybrid
