#include "prediction/task_size.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "prediction/prediction_error.h"

namespace hybrid {
namespace {

TEST(TaskSizeTest, InEitherOrder) {
  EXPECT_EQ(ParseTaskSize("--for", "n=300,batch=50"), (TaskSize{300, 50}));
  EXPECT_EQ(ParseTaskSize("--for", "batch=50,n=300"), (TaskSize{300, 50}));
  EXPECT_EQ(ParseTaskSize("--for", "batch=50"), (TaskSize{0, 50}));
}

TEST(TaskSizeTest, NothingElse) {
  for (const char* const text :
       {"", "n=300", "n=300,batch", "n=300,batch=", "n=0,batch=5", "batch=0",
        "n=3,n=4,batch=5", "n=3,batch=5,", ",batch=5", "batch=5,batch=5",
        "n=-3,batch=5", "n=3.5,batch=5", "n= 3,batch=5", "m=3,batch=5",
        "n=3,batch=18446744073709551616", "300,50"}) {
    try {
      ParseTaskSize("--for", text);
      ADD_FAILURE() << text;
    } catch (const PredictionError& error) {
      EXPECT_THAT(error.what(),
                  ::testing::EndsWith(": takes n=NUMBER,batch=NUMBER, such as "
                                      "--for=n=300,batch=50"));
    }
  }
}

}  // namespace
}  // namespace hybrid
