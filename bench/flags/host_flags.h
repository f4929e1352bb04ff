#ifndef HYBRID_BENCH_FLAGS_HOST_FLAGS_H_
#define HYBRID_BENCH_FLAGS_HOST_FLAGS_H_

#include <string>
#include <string_view>

#include "flags/options.h"

namespace hybrid {

/// Reads --hosts: names, each once, none of which a launcher could take for an
/// option.
void ReadHosts(std::string_view flag, const std::string& text,
               Options& options);
/// Reads --host_counts: whole numbers, or `auto`.
void ReadHostCounts(std::string_view flag, const std::string& text,
                    Options& options);
/// Reads --launcher: a name or words, not none of them.
void ReadLauncher(std::string_view flag, const std::string& text,
                  Options& options);
/// Reads --agent: a path.
void ReadAgent(std::string_view flag, const std::string& text,
               Options& options);
/// Reads --unequal_hosts.
void ReadUnequalHosts(std::string_view flag, const std::string& text,
                      Options& options);

/// Throws FlagError for what makes no sense on hosts, or without any.
void CheckHosts(const Options& options);

/// Throws FlagError where a command is to be told the names of hosts, and
/// nobody knows them (HostOptions::in_order).
void CheckHostNames(const Options& options);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_HOST_FLAGS_H_
