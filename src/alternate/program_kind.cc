#include "alternate/program_kind.h"

#include "key/key_text.h"

namespace hybrid {

const ProgramKind* KindByHelp(std::string_view help) {
  // bench's help names Google Benchmark's flags, too.
  for (const ProgramKind* const kind : {&BenchKind(), &GoogleBenchmarkKind()}) {
    if (kind->Wrote(help)) return kind;
  }
  return nullptr;
}

std::string IdOf(const ComparedConfiguration& compared) {
  return compared.name.empty() ? KeyText(compared.key, KeyStyle::kFull)
                               : compared.name;
}

}  // namespace hybrid
