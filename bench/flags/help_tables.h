#ifndef HYBRID_BENCH_FLAGS_HELP_TABLES_H_
#define HYBRID_BENCH_FLAGS_HELP_TABLES_H_

#include "base/argument_parser.h"

namespace hybrid {

/// What --help of bench says beside the flags.
ArgumentParser::Table FamiliesTable();
ArgumentParser::Table ExamplesTable();
ArgumentParser::Table ExitStatusTable();

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_HELP_TABLES_H_
