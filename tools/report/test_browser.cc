#include "test_browser.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <exception>
#include <sstream>
#include <string_view>

#include "../test_tool.h"
#include "base/json.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

/// Flags with which the browser looks for no network and shares nothing with
/// other runs.
constexpr char kFlags[] =
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update "
    "--disable-sync --disable-dev-shm-usage --enable-logging=stderr "
    "--window-size=1280,900 --virtual-time-budget=30000";

/// A page that shows another one in a frame and writes what `script` finds
/// there into an element, as JSON. It may look into the frame because of the
/// flag that lets files read other files, which a reader's browser doesn't
/// have.
constexpr char kFrame[] = R"(<!DOCTYPE html>
<iframe id="frame" src="{url}" style="width:{width}px;height:900px;border:0">
</iframe><pre id="result"></pre>
<script>
const frame = document.getElementById('frame');
const root = () => frame.contentDocument.documentElement;
const count = (selector) => root().querySelectorAll(selector).length;
async function ready() {{
  await new Promise((done) => setTimeout(done, 0));
  while (!root().dataset.ready) {{
    await new Promise((done) => setTimeout(done, 20));
  }}
}}
addEventListener('load', async () => {{
  let result;
  try {{
    await ready();
    const page = frame.contentDocument, view = frame.contentWindow;
    result = await (async () => {{ {script} }})();
  }} catch (error) {{
    result = {{exception: String(error)}};
  }}
  document.getElementById('result').textContent = JSON.stringify(result)
    .replace(/[^ -%'-;=?-~]/g, (letter) => '\\u' +
      letter.charCodeAt(0).toString(16).padStart(4, '0'));
}});
</script>
)";

/// The messages of the page's console among those of the browser.
std::vector<std::string> ConsoleLines(const std::string& log) {
  std::vector<std::string> lines;
  std::istringstream stream(log);
  for (std::string line; std::getline(stream, line);) {
    if (line.find(":CONSOLE") != std::string::npos) lines.push_back(line);
  }
  return lines;
}

std::string Url(const std::string& file, const std::string& hash) {
  return "file://" + file + (hash.empty() ? "" : "#" + hash);
}

}  // namespace

Browsed TestBrowser::Run(const std::string& flags,
                         const std::string& url) const {
  const TestFolder profile;
  const std::string log = folder_.File("log");
  const ToolResult result = RunTool(
      fmt::format("'{}' {} --user-data-dir='{}' {} '{}' 2>'{}'", HYBRID_BROWSER,
                  kFlags, profile.File("data"), flags, url, log));
  const std::string text = ReadFile(log);
  EXPECT_EQ(result.status, 0) << text;
  return {result.output, ConsoleLines(text)};
}

Browsed TestBrowser::Open(const std::string& file,
                          const std::string& hash) const {
  return Run("--dump-dom", Url(file, hash));
}

Browsed TestBrowser::Print(const std::string& file,
                           const std::string& pdf) const {
  return Run(fmt::format("--print-to-pdf='{}'", pdf), Url(file, ""));
}

Json TestBrowser::Probe(const std::string& file, const std::string& hash,
                        int width, const std::string& script) const {
  const std::string harness = folder_.File("probe.html");
  WriteFile(harness,
            fmt::format(kFrame, fmt::arg("url", Url(file, hash)),
                        fmt::arg("width", width), fmt::arg("script", script)));
  const Browsed browsed =
      Run("--allow-file-access-from-files --dump-dom", Url(harness, ""));
  for (const std::string& message : browsed.messages) ADD_FAILURE() << message;
  constexpr std::string_view kStart = "<pre id=\"result\">";
  const std::size_t begin = browsed.output.find(kStart) + kStart.size();
  const std::string text =
      browsed.output.substr(begin, browsed.output.find('<', begin) - begin);
  try {
    Json result = ParseJson(text);
    if (!result.as_object().contains("exception")) return result;
  } catch (const std::exception&) {
    // What is no JSON fails the test below.
  }
  ADD_FAILURE() << "the probe returned: " << text;
  return JsonObject();
}

}  // namespace hybrid
