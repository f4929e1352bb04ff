# Writes OUTPUT, a header with the commit that is built, at every build; only
# when it changed, so that nothing is compiled for nothing.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND git describe --always --dirty --abbrev=12 --exclude=*
  WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE commit ERROR_QUIET
  OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
if(failed)
  set(commit "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT
"#ifndef HYBRID_BENCH_GIT_COMMIT_H_
#define HYBRID_BENCH_GIT_COMMIT_H_

namespace hybrid {

inline constexpr char kGitCommit[] = \"@commit@\";

}  // namespace hybrid

#endif  // HYBRID_BENCH_GIT_COMMIT_H_
")
