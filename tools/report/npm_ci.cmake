# Installs the packages of the lock file in FOLDER, never in the source tree, and
# leaves STAMP there. Without network it leaves none and says so: everything
# else is built all the same, and the next build tries again.
file(MAKE_DIRECTORY ${FOLDER})
file(COPY ${FILES} DESTINATION ${FOLDER})
file(REMOVE ${STAMP})
execute_process(
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=1000
    --fetch-timeout=60000
  WORKING_DIRECTORY ${FOLDER}
  RESULT_VARIABLE status OUTPUT_QUIET)
if(status EQUAL 0)
  file(TOUCH ${STAMP})
else()
  message(WARNING
    "npm could not fetch Vega (no network?): hybrid-report is built, but has no "
    "page to write until a build fetches it. Not to try again: "
    "cmake -B build -DHYBRIDBENCH_REPORT=OFF")
endif()
