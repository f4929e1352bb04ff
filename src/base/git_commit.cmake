# Writes OUTPUT, a header with the commit that is built, at every build; only
# when it changed, so that nothing is compiled for nothing.
cmake_minimum_required(VERSION 3.25)

# git(OUTPUT ARGUMENTS...)
function(git output)
  execute_process(COMMAND git ${ARGN}
    WORKING_DIRECTORY ${SOURCE} OUTPUT_VARIABLE text ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    set(text "failed")
  endif()
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

# A hook of another repository that builds this one has it in its environment.
git(variables rev-parse --local-env-vars)
string(REGEX MATCHALL "GIT_[A-Z_]+" variables "${variables}")
foreach(variable IN LISTS variables)
  unset(ENV{${variable}})
endforeach()
# Where sources lie unpacked in another repository, its commit says nothing of
# them: only the top of a working tree is ours.
git(way_up rev-parse --show-cdup)
set(commit "unknown")
if(way_up STREQUAL "")
  git(described describe --always --dirty --abbrev=12 --exclude=*)
  if(NOT described STREQUAL "failed")
    set(commit "${described}")
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT
"#ifndef HYBRID_BASE_GIT_COMMIT_H_
#define HYBRID_BASE_GIT_COMMIT_H_

namespace hybrid {

inline constexpr char kGitCommit[] = \"@commit@\";

}  // namespace hybrid

#endif  // HYBRID_BASE_GIT_COMMIT_H_
")
