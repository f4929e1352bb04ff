#ifndef HYBRID_BENCH_FLAGS_COMMAND_FLAGS_H_
#define HYBRID_BENCH_FLAGS_COMMAND_FLAGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "flags/options.h"

namespace hybrid {

/// Reads --command: one line of words, with an end.
void ReadCommand(std::string_view flag, const std::string& text,
                 Options& options);
/// Reads --protocol: auto, lines, filter, once or whole.
void ReadProtocol(std::string_view flag, const std::string& text,
                  Options& options);
/// Reads --env: `NAME=a,b`, or several of these between semicolons. The axis
/// has each value of one with each of the others.
void ReadEnv(std::string_view flag, const std::string& text, Options& options);
/// Reads --keep_env: names of variables.
void ReadKeepEnv(std::string_view flag, const std::string& text,
                 Options& options);
/// Reads --prepare: as ReadCommand does.
void ReadPrepare(std::string_view flag, const std::string& text,
                 Options& options);

/// `arguments` with one --env for all of them, so that it is a flag as any
/// other: `--env=A=1,2;B=3`.
std::vector<std::string> WithOneEnv(const std::vector<std::string>& arguments);

/// Makes the axes those of the command, if there is one. Throws FlagError for
/// flags that make no sense beside a command, and for a command's flags without
/// one.
void ApplyCommand(Options& options);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_COMMAND_FLAGS_H_
