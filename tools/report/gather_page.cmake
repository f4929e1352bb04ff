# Puts all files of the page into ASSETS and leaves STAMP, if NPM_STAMP says that
# the libraries are there.
if(NOT EXISTS ${NPM_STAMP})
  return()
endif()
file(REMOVE_RECURSE ${ASSETS})
file(MAKE_DIRECTORY ${ASSETS}/specs)
execute_process(
  COMMAND ${NODE} ${CMAKE_CURRENT_LIST_DIR}/gather_libraries.mjs
    ${NODE_MODULES} ${ASSETS}
  COMMAND_ERROR_IS_FATAL ANY)
file(COPY ${PAGE_FILES} DESTINATION ${ASSETS})
file(COPY ${SPEC_FILES} DESTINATION ${ASSETS}/specs)
file(TOUCH ${STAMP})
