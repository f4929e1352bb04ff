# Finds BLIS's OpenMP build and makes the target hybrid_blis of it.
#
# Debian installs the serial, pthread and OpenMP builds side by side and lets
# `libblis.so` be any of them; the header is the same in all. So the folder of
# the OpenMP build is looked at first, and what was found is asked.
find_path(BLIS_INCLUDE_DIR blis.h PATH_SUFFIXES blis-openmp blis
          HINTS /usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
find_library(BLIS_LIBRARY blis PATH_SUFFIXES blis-openmp)
mark_as_advanced(BLIS_INCLUDE_DIR BLIS_LIBRARY)
if(NOT BLIS_INCLUDE_DIR OR NOT BLIS_LIBRARY)
  message(FATAL_ERROR "BLIS not found: install its OpenMP build (Debian, "
    "Ubuntu: libblis-openmp-dev) or set BLIS_INCLUDE_DIR and BLIS_LIBRARY.")
endif()

if(NOT DEFINED BLIS_IS_OPENMP OR NOT BLIS_CHECKED STREQUAL BLIS_LIBRARY)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/blis_is_openmp.cc
    "#include <blis.h>\nint main() { return bli_info_get_enable_openmp() ? 0 : 1; }\n")
  try_run(run_result compile_result
    ${CMAKE_CURRENT_BINARY_DIR} ${CMAKE_CURRENT_BINARY_DIR}/blis_is_openmp.cc
    CMAKE_FLAGS "-DINCLUDE_DIRECTORIES=${BLIS_INCLUDE_DIR}"
    LINK_LIBRARIES ${BLIS_LIBRARY}
    COMPILE_OUTPUT_VARIABLE compile_output)
  if(NOT compile_result)
    message(FATAL_ERROR "BLIS does not link: ${BLIS_LIBRARY} with "
      "${BLIS_INCLUDE_DIR}/blis.h\n${compile_output}")
  endif()
  if(run_result EQUAL 0)
    set(is_openmp ON)
  else()
    set(is_openmp OFF)
  endif()
  set(BLIS_IS_OPENMP ${is_openmp} CACHE INTERNAL "BLIS_LIBRARY uses OpenMP")
  set(BLIS_CHECKED ${BLIS_LIBRARY} CACHE INTERNAL "The BLIS that was asked")
endif()
if(NOT BLIS_IS_OPENMP)
  message(FATAL_ERROR "${BLIS_LIBRARY} is not BLIS's OpenMP build: install "
    "that one (Debian, Ubuntu: libblis-openmp-dev) or set BLIS_LIBRARY to it.")
endif()
message(STATUS "BLIS (OpenMP): ${BLIS_LIBRARY}")

add_library(hybrid_blis INTERFACE)
target_include_directories(hybrid_blis SYSTEM INTERFACE ${BLIS_INCLUDE_DIR})
# The run path leads to the very library linked here: by its soname alone the
# loader would take whichever build Debian's alternatives prefer.
cmake_path(GET BLIS_LIBRARY PARENT_PATH blis_folder)
target_link_libraries(hybrid_blis INTERFACE ${BLIS_LIBRARY})
target_link_options(hybrid_blis INTERFACE
  "LINKER:--disable-new-dtags" "LINKER:-rpath,${blis_folder}")
