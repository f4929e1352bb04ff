#include "results/file_kind.h"

#include <array>
#include <string_view>

namespace hybrid {
namespace {

struct FileKind {
  std::string_view magic;
  std::string_view meaning;
};

constexpr std::string_view kUtf16 = "UTF-16 text, not UTF-8: save it as UTF-8";

constexpr std::array kKinds = {
    FileKind{"\x1F\x8B", "compressed with gzip: unpack it first (gunzip)"},
    FileKind{"\x28\xB5\x2F\xFD",
             "compressed with zstd: unpack it first (unzstd)"},
    FileKind{"\xFD\x37zXZ", "compressed with xz: unpack it first (unxz)"},
    FileKind{"BZh", "compressed with bzip2: unpack it first (bunzip2)"},
    FileKind{
        "PK\x03\x04",
        "a zip archive or a spreadsheet, not CSV: unpack it or export it as "
        "CSV"},
    FileKind{"\xFF\xFE", kUtf16},
    FileKind{"\xFE\xFF", kUtf16},
    FileKind{"{", "JSON, not CSV: --csv writes the file that is read here"},
    FileKind{"[", "JSON, not CSV: --csv writes the file that is read here"},
    FileKind{"<", "HTML or XML, not CSV"},
};

}  // namespace

std::string_view ForeignKind(std::string_view start) {
  for (const FileKind& kind : kKinds) {
    if (start.substr(0, kind.magic.size()) == kind.magic) return kind.meaning;
  }
  // No byte order mark, but every other byte of ASCII in UTF-16 is NUL.
  if (start.size() >= 4 && (start[0] == '\0') != (start[1] == '\0') &&
      (start[0] == '\0') == (start[2] == '\0') &&
      (start[1] == '\0') == (start[3] == '\0')) {
    return kUtf16;
  }
  if (!start.empty() && start[0] == '\0') {
    return "not text: it begins with a NUL byte";
  }
  return {};
}

}  // namespace hybrid
