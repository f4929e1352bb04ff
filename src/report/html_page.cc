#include "report/html_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <vector>

#include "base/json.h"
#include "report/report_error.h"
#include "report/script_safe_text.h"

namespace hybrid {
namespace {

bool SameLetter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) ==
         std::tolower(static_cast<unsigned char>(b));
}

/// The element of a script, which nothing in the script ends. `\x3c` is `<` in
/// strings and regular expressions, where `</script` and `<!--` occur; and
/// without `<!--` a `<script` is harmless.
std::string ScriptElement(std::string_view script) {
  constexpr std::string_view kEscape = "\\x3c";
  return "<script>\n" +
         Defused(Defused(script, "</script", kEscape), "<!--", kEscape) +
         "\n</script>\n";
}

std::string ScriptElements(const std::vector<Asset>& scripts) {
  std::string text;
  for (const Asset& script : scripts) text += ScriptElement(script.text);
  return text;
}

std::string StyleElement(std::string_view style) {
  return "<style>\n" + Defused(style, "</style", "\\3c ") + "\n</style>\n";
}

std::string DataElement(std::string_view id, std::string_view json) {
  return fmt::format(
      "<script type=\"application/json\" id=\"{}\">{}</script>\n", id, json);
}

/// A file's name, fit for an attribute.
std::string Attribute(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == '"') {
      text += "&quot;";
    } else if (c == '&') {
      text += "&amp;";
    } else {
      text += c;
    }
  }
  return text;
}

std::string SpecElements(const std::vector<Asset>& specs) {
  std::string text;
  for (const Asset& spec : specs) {
    text += DataElement("spec-" + Attribute(spec.name),
                        ScriptSafeText(ParseJson(spec.text)));
  }
  return text;
}

std::string_view Trimmed(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = line.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace

std::string Defused(std::string_view text, std::string_view unsafe,
                    std::string_view escape) {
  std::string safe;
  safe.reserve(text.size());
  for (auto place = text.begin();;) {
    const auto next = std::search(place, text.end(), unsafe.begin(),
                                  unsafe.end(), SameLetter);
    safe.append(place, next);
    if (next == text.end()) return safe;
    safe += escape;
    place = next + 1;
  }
}

std::string HtmlPage(const PageAssets& assets, std::string_view data) {
  struct Slot {
    std::string_view line;
    std::string elements;
    int found = 0;
  };
  std::vector<Slot> slots = {
      {"<!--hybrid:style-->", StyleElement(assets.style)},
      {"<!--hybrid:libraries-->", ScriptElements(assets.libraries)},
      {"<!--hybrid:specs-->", SpecElements(assets.specs)},
      {"<!--hybrid:data-->", DataElement("data", data)},
      {"<!--hybrid:script-->", ScriptElements(assets.scripts)}};
  std::string html;
  for (std::string_view rest = assets.page; !rest.empty();) {
    const std::size_t size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    const std::string_view line = rest.substr(0, size);
    rest.remove_prefix(size);
    const auto slot = std::find_if(
        slots.begin(), slots.end(),
        [&](const Slot& other) { return other.line == Trimmed(line); });
    if (slot != slots.end()) ++slot->found;
    html += slot != slots.end() ? slot->elements : line;
  }
  for (const Slot& slot : slots) {
    if (slot.found == 1) continue;
    throw ReportError(
        fmt::format("page.html has {} line {}, where one is needed",
                    slot.found == 0 ? "no" : "more than one", slot.line));
  }
  return html;
}

}  // namespace hybrid
