#include "base/placeholders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "base/test_errors.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const PlaceholderValues& SomeValues() {
  static const PlaceholderValues values{{"task", "7"}, {"n", "512"}};
  return values;
}

std::string FillErrorOf(std::string_view word) {
  return MessageOf<std::invalid_argument>([&] { Fill(word, SomeValues()); });
}

TEST(PlaceholdersTest, AreFilledWhereverTheyStand) {
  EXPECT_EQ(Fill("{task}", SomeValues()), "7");
  EXPECT_EQ(Fill("in-{task}-{n}{n}.dat", SomeValues()), "in-7-512512.dat");
  EXPECT_EQ(Fill("plain", SomeValues()), "plain");
  EXPECT_EQ(Fill("", SomeValues()), "");
}

TEST(PlaceholdersTest, TwoBracesAreOne) {
  EXPECT_EQ(Fill("{{print}}", SomeValues()), "{print}");
  EXPECT_EQ(Fill("{{{task}}}", SomeValues()), "{7}");
  EXPECT_EQ(Fill("${{HOME}}", SomeValues()), "${HOME}");
}

TEST(PlaceholdersTest, ValuesAreNotLookedAtAgain) {
  EXPECT_EQ(Fill("{a}", {{"a", "{b}"}, {"b", "no"}}), "{b}");
}

TEST(PlaceholdersTest, WhatIsNoneIsNamed) {
  EXPECT_EQ(FillErrorOf("x{foo}"), "there is no placeholder {foo}");
  EXPECT_EQ(FillErrorOf("{}"), "there is no placeholder {}");
  EXPECT_EQ(FillErrorOf("a{task"),
            "'{' stands alone in 'a{task': a brace is written {{");
  EXPECT_EQ(FillErrorOf("task}"),
            "'}' stands alone in 'task}': a brace is written }}");
}

TEST(PlaceholdersTest, NamesAreTold) {
  EXPECT_THAT(PlaceholdersIn("{task}{{no}}-{foo}"), ElementsAre("task", "foo"));
  EXPECT_THAT(PlaceholdersIn("{{}}"), IsEmpty());
  EXPECT_THROW(PlaceholdersIn("{"), std::invalid_argument);
}

}  // namespace
}  // namespace hybrid
