# Installs the packages of the lock file in FOLDER, never in the source tree.
file(MAKE_DIRECTORY ${FOLDER})
file(COPY ${FILES} DESTINATION ${FOLDER})
execute_process(
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=1000
  WORKING_DIRECTORY ${FOLDER}
  RESULT_VARIABLE status OUTPUT_QUIET)
if(NOT status EQUAL 0)
  message(FATAL_ERROR
    "npm could not fetch Vega, which hybrid-report needs (no network?). "
    "Build again when it can, or leave hybrid-report out: "
    "cmake -B build -DHYBRIDBENCH_REPORT=OFF")
endif()
