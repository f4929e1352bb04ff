# Downloads PACKAGES, and what is NEEDED by them and not installed, with the
# machine's own apt, unpacks them into FOLDER, and leaves STAMP. Installs nothing,
# and needs nobody to be root. Without network it leaves no STAMP and says so:
# everything else is built all the same, and the next build tries again.
cmake_policy(VERSION 3.25)
set(ENV{LC_ALL} C)
set(again "Tests skip what is missing until a build fetches it. Not to try "
          "again: cmake -B build -DHYBRIDBENCH_DEBIAN_BLAS=OFF")
file(REMOVE ${STAMP})
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER}/packages)

# apt also knows names that it can't install: only a candidate is an offer.
execute_process(COMMAND ${APT_CACHE} policy ${PACKAGES} ${NEEDED}
  OUTPUT_VARIABLE policy ERROR_QUIET)
set(offered "")
set(missing "")
foreach(package IN LISTS PACKAGES NEEDED)
  if(NOT "\n${policy}" MATCHES
     "\n${package}:\n  Installed: ([^\n]*)\n  Candidate: ([^\n]*)\n" OR
     CMAKE_MATCH_2 STREQUAL "(none)")
    list(APPEND missing ${package})
  elseif(CMAKE_MATCH_1 STREQUAL "(none)" OR package IN_LIST PACKAGES)
    list(APPEND offered ${package})
  endif()
endforeach()
list(JOIN missing " " missing_text)
if(missing AND NOT offered)
  message(WARNING "apt offers none of these BLAS builds (without lists of "
    "packages? apt-get update fetches them): ${missing_text}. " ${again})
  return()
endif()
if(missing)
  message("apt offers no ${missing_text}: tests skip what needs it")
endif()

if(offered)
  # Files in a folder of the user's own can't be root's sandbox's.
  execute_process(
    COMMAND ${APT_GET} download -qq -o APT::Sandbox::User=root
      -o Acquire::Retries=1 -o Acquire::http::Timeout=20
      -o Acquire::https::Timeout=20 ${offered}
    WORKING_DIRECTORY ${FOLDER}/packages
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE error)
  if(NOT status EQUAL 0)
    string(REGEX MATCH "[^\n]+" first_line "${error}")
    message(WARNING "apt could not download Debian's BLAS builds for the tests "
      "(no network?): ${first_line}. " ${again})
    return()
  endif()
endif()
file(GLOB packages ${FOLDER}/packages/*.deb)
foreach(package IN LISTS packages)
  execute_process(COMMAND ${DPKG_DEB} -x ${package} ${FOLDER}
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(REMOVE_RECURSE ${FOLDER}/packages ${FOLDER}/usr/share)

# A build has a folder of its own, and what it needs lies above that, where the
# loader looks only if it is installed.
set(libraries ${FOLDER}/${LIBRARIES})
file(GLOB needed RELATIVE ${libraries} ${libraries}/lib*.so.*)
file(GLOB builds LIST_DIRECTORIES true ${libraries}/*)
foreach(build IN LISTS builds)
  if(IS_DIRECTORY ${build})
    foreach(library IN LISTS needed)
      file(CREATE_LINK ../${library} ${build}/${library} SYMBOLIC)
    endforeach()
  endif()
endforeach()
file(TOUCH ${STAMP})
