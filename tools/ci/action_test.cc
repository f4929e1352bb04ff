// What action.yml says is so: it is YAML without a fault, hands each input to
// tools/ci/gate, and runs what is there. GitHub itself is not here.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <map>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "../test_readmes.h"
#include "base/json.h"
#include "base/test_folder.h"
#include "base/test_shell.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr const char* kFolder = HYBRID_SOURCE "/tools/ci";

bool Has(const std::string& command) {
  return RunTool(command + " >/dev/null 2>&1").status == 0;
}

/// Every YAML file of the sources.
std::vector<std::string> YamlFiles() {
  std::vector<std::string> files;
  const fs::path root = HYBRID_SOURCE;
  for (const char* folder :
       {".ci", ".github", "bench", "results", "src", "tools"}) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string ending = entry.path().extension();
      const std::string path = entry.path();
      if ((ending == ".yml" || ending == ".yaml") &&
          path.find("node_modules") == std::string::npos) {
        files.push_back(path);
      }
    }
  }
  return files;
}

TEST(YamlTest, PassesYamllint) {
  if (!Has("yamllint --version")) {
    GTEST_SKIP() << "there is no yamllint (tools/setup --all)";
  }
  const std::vector<std::string> files = YamlFiles();
  EXPECT_THAT(files, Contains(std::string(kFolder) + "/action.yml"));
  for (const std::string& file : files) {
    EXPECT_THAT(RunTool("yamllint --strict '" + file + "' 2>&1").output,
                IsEmpty());
  }
}

TEST(GateScriptTest, PassesShellCheck) {
  if (!Has("shellcheck --version")) {
    GTEST_SKIP() << "there is no shellcheck (tools/setup --all)";
  }
  // It takes what a trap calls for unreachable.
  EXPECT_THAT(RunTool(fmt::format("shellcheck --exclude=SC2317 '{}/gate' 2>&1",
                                  kFolder))
                  .output,
              IsEmpty());
}

/// Read by Python, which has a reader of YAML where yamllint is.
class ActionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!Has("/usr/bin/python3 -c 'import yaml'")) {
      GTEST_SKIP() << "there is no reader of YAML (tools/setup --all)";
    }
    action_ = Yaml(ReadFile(std::string(kFolder) + "/action.yml"));
    for (const Json& step : action_.at("runs").at("steps").as_array()) {
      steps_.push_back(step.as_object());
    }
  }

  Json Yaml(const std::string& text) const {
    folder_.Lay("/text.yml", text);
    return ParseJson(
        RunTool("/usr/bin/python3 -c 'import json, sys, yaml; "
                "json.dump(yaml.safe_load(sys.stdin), sys.stdout)' < '" +
                folder_.File("text.yml") + "'")
            .output);
  }

  static std::string TextOf(const JsonObject& step, const char* member) {
    return step.contains(member) ? std::string(step.at(member).as_string())
                                 : std::string();
  }

  /// The step that runs the script.
  const JsonObject& GateStep() const {
    for (const JsonObject& step : steps_) {
      if (TextOf(step, "id") == "gate") return step;
    }
    throw std::runtime_error("action.yml has no step gate");
  }

  /// Runs the commands of a step as GitHub does, in the folder.
  ToolResult Run(const JsonObject& step, const std::string& variables) const {
    folder_.Lay("/step", TextOf(step, "run"));
    return RunTool("cd '" + folder_.path() + "' && env " + variables +
                   " bash --noprofile --norc -eo pipefail step 2>&1");
  }

  const TestFolder folder_;
  Json action_;
  std::vector<JsonObject> steps_;
};

TEST_F(ActionTest, HandsEachInputToTheScript) {
  std::map<std::string, std::string> handed;  // by the input's name
  const std::regex input(R"(\$\{\{ inputs\.([a-z]+) \}\})");
  for (const auto& [name, value] : GateStep().at("env").as_object()) {
    const std::string text(value.as_string());
    std::smatch match;
    ASSERT_TRUE(std::regex_match(text, match, input)) << text;
    handed[match[1]] = name;
  }
  const std::string help =
      RunTool(std::string(kFolder) + "/gate --help").output;
  for (const auto& [name, description] : action_.at("inputs").as_object()) {
    if (name == "artifact") continue;
    std::string variable = "GATE_";
    for (const char c : name) {
      variable += static_cast<char>(std::toupper(c));
    }
    EXPECT_EQ(handed[name], variable);
    EXPECT_THAT(help, HasSubstr("\n  " + variable + " "));
  }
}

TEST_F(ActionTest, RunsTheScriptWithoutAnInputInItsText) {
  for (const JsonObject& step : steps_) {
    EXPECT_THAT(TextOf(step, "run"), Not(HasSubstr("${{")));
  }
  const ToolResult result =
      Run(GateStep(), "GITHUB_ACTION_PATH='" + std::string(kFolder) +
                          "' GITHUB_OUTPUT=outputs GITHUB_STEP_SUMMARY=summary "
                          "GATE_TOOLS='" HYBRID_BUILD
                          "' GATE_BASE=/no/bench GATE_HEAD=/no/bench");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("/no/bench can't be run"));
  // Each output is one that the script writes.
  const std::string outputs = ReadFile(folder_.File("outputs"));
  for (const auto& [name, output] : action_.at("outputs").as_object()) {
    EXPECT_EQ(std::string(output.at("value").as_string()),
              "${{ steps.gate.outputs." + std::string(name) + " }}");
    EXPECT_THAT("\n" + outputs, HasSubstr("\n" + std::string(name) + "="));
  }
}

TEST_F(ActionTest, BuildsHybridCompareWhereItIsMissing) {
  const JsonObject& step = steps_.front();
  EXPECT_EQ(TextOf(step, "if"), "inputs.tools == ''");
  const auto lay_program = [&](const std::string& name) {
    folder_.Lay("/" + name, "#!/bin/sh\necho " + name + " \"$@\"\n");
    fs::permissions(folder_.File(name), fs::perms::owner_all);
  };
  lay_program("checkout/tools/setup");
  lay_program("bin/cmake");
  fs::create_directories(folder_.File("checkout/tools/ci"));
  const std::string variables = "GITHUB_ACTION_PATH='" +
                                folder_.File("checkout/tools/ci") + "' PATH='" +
                                folder_.File("bin") + "':\"$PATH\"";
  EXPECT_THAT(
      Run(step, variables).output,
      MatchesRegex("checkout/tools/setup *\nbin/cmake --preset release .*\n"
                   "bin/cmake --build --preset release --target "
                   "hybrid-compare\n"));
  lay_program("checkout/build/hybrid-compare");
  const ToolResult result = Run(step, variables);
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, IsEmpty());
}

TEST_F(ActionTest, KeepsWhatWasMeasuredWhateverTheVerdict) {
  const JsonObject& step = steps_.back();
  EXPECT_THAT(TextOf(step, "uses"),
              MatchesRegex("actions/upload-artifact@v[0-9]+"));
  EXPECT_THAT(TextOf(step, "if"), HasSubstr("always()"));
  EXPECT_EQ(step.at("with").at("path"), "${{ steps.gate.outputs.folder }}");
}

TEST_F(ActionTest, TheReadmesWorkflowUsesItAsItIs) {
  std::size_t uses = 0;
  for (const ReadmeBlock& block : ReadmeBlocks()) {
    if (block.language != "yaml") continue;
    std::string text = "---\n";
    for (const std::string& line : block.lines) text += line + "\n";
    if (Has("yamllint --version")) {
      folder_.Lay("/workflow.yml", text);
      EXPECT_THAT(RunTool("yamllint --strict -d '{extends: default, rules: "
                          "{truthy: {check-keys: false}, line-length: {max: "
                          "100}}}' '" +
                          folder_.File("workflow.yml") + "'")
                      .output,
                  IsEmpty())
          << block.place();
    }
    const Json workflow = Yaml(text);
    for (const auto& [name, job] : workflow.at("jobs").as_object()) {
      for (const Json& step : job.at("steps").as_array()) {
        const std::string action = TextOf(step.as_object(), "uses");
        if (!action.ends_with("/tools/ci")) continue;
        ++uses;
        const JsonObject& inputs = action_.at("inputs").as_object();
        for (const auto& [input, value] : step.at("with").as_object()) {
          EXPECT_TRUE(inputs.contains(input)) << block.place() << input;
        }
        for (const auto& [input, description] : inputs) {
          if (!description.as_object().contains("required")) continue;
          EXPECT_TRUE(step.at("with").as_object().contains(input)) << input;
        }
      }
    }
  }
  EXPECT_GT(uses, 0U);
}

}  // namespace
}  // namespace hybrid
