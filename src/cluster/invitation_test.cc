#include "cluster/invitation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Invitation Some() {
  return {.addresses = {"10.77.0.1", "fd00::1"},
          .port = 45123,
          .secret = NewSecret(),
          .limits = {.beat_s = 0.05, .silence_s = 0.4}};
}

TEST(InvitationTest, IsOneWordThatComesBack) {
  const Invitation invitation = Some();
  const std::string text = EncodeInvitation(invitation);
  EXPECT_THAT(text, Not(HasSubstr(" ")));
  const Invitation back = ParseInvitation(text);
  EXPECT_THAT(back.addresses, ElementsAre("10.77.0.1", "fd00::1"));
  EXPECT_EQ(back.port, 45123);
  EXPECT_EQ(back.secret, invitation.secret);
  EXPECT_DOUBLE_EQ(back.limits.beat_s, 0.05);
  EXPECT_DOUBLE_EQ(back.limits.silence_s, 0.4);
}

TEST(InvitationTest, IsShortHoweverManyAddressesThereAre) {
  Invitation invitation = Some();
  invitation.addresses.assign(30, "fd00:1111:2222:3333:4444:5555:6666:7777");
  invitation.addresses.front() = "10.77.0.1";
  invitation.addresses.back() = "127.0.0.1";
  const std::string text = EncodeInvitation(invitation);
  EXPECT_LT(text.size(), 512U);
  EXPECT_GT(text.size(), 460U);
  const Invitation back = ParseInvitation(text);
  EXPECT_EQ(back.addresses.front(), "10.77.0.1");
  EXPECT_EQ(back.addresses.back(), "127.0.0.1");
}

TEST(InvitationTest, SecretsAreNew) { EXPECT_NE(NewSecret(), NewSecret()); }

TEST(InvitationTest, RefusesAnythingElseWithoutRepeatingIt) {
  const std::string whole = EncodeInvitation(Some());
  for (const std::string& text :
       {std::string(), std::string("secret"), whole + "0", whole + "/1",
        whole.substr(1), whole.substr(0, whole.size() - 1),
        whole.substr(0, whole.size() - 1) + "g"}) {
    try {
      ParseInvitation(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_STREQ(error.what(), "HYBRID_AGENT is not what bench writes there");
    }
  }
}

}  // namespace
}  // namespace hybrid
