# Finds BLIS's builds and makes a target of each: hybrid_blis of the OpenMP
# build, which must be there, and hybrid_blis_serial of the serial one, if it
# is there.
#
# Debian installs the serial, pthread and OpenMP builds side by side and lets
# `libblis.so` be any of them; the header is the same in all. So each build's
# own folder is looked at first, and what was found is asked.
find_path(BLIS_INCLUDE_DIR blis.h PATH_SUFFIXES blis-openmp blis-serial blis
          HINTS /usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
find_library(BLIS_LIBRARY blis PATH_SUFFIXES blis-openmp)
find_library(BLIS_SERIAL_LIBRARY blis PATH_SUFFIXES blis-serial)
mark_as_advanced(BLIS_INCLUDE_DIR BLIS_LIBRARY BLIS_SERIAL_LIBRARY)
if(NOT BLIS_INCLUDE_DIR OR NOT BLIS_LIBRARY)
  message(FATAL_ERROR "BLIS not found: install its OpenMP build (Debian, "
    "Ubuntu: libblis-openmp-dev) or set BLIS_INCLUDE_DIR and BLIS_LIBRARY.")
endif()

# Sets <library>_THREADING to openmp, pthreads or none, by asking the library.
function(hybrid_ask_blis library)
  if(DEFINED ${library}_THREADING AND
     ${library}_ASKED STREQUAL "${${library}}")
    return()
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/ask_${library}.cc)
  file(WRITE ${source}
    "#include <blis.h>\n"
    "int main() {\n"
    "  if (bli_info_get_enable_openmp()) return 1;\n"
    "  return bli_info_get_enable_pthreads() ? 2 : 0;\n"
    "}\n")
  try_run(run_result compile_result ${CMAKE_CURRENT_BINARY_DIR} ${source}
    CMAKE_FLAGS "-DINCLUDE_DIRECTORIES=${BLIS_INCLUDE_DIR}"
    LINK_LIBRARIES ${${library}}
    COMPILE_OUTPUT_VARIABLE compile_output)
  if(NOT compile_result)
    message(FATAL_ERROR "BLIS does not link: ${${library}} with "
      "${BLIS_INCLUDE_DIR}/blis.h\n${compile_output}")
  endif()
  set(names none openmp pthreads)
  set(threading unknown)
  if(run_result MATCHES "^[012]$")
    list(GET names ${run_result} threading)
  endif()
  set(${library}_THREADING ${threading} CACHE INTERNAL "As the library says")
  set(${library}_ASKED ${${library}} CACHE INTERNAL "The library that was asked")
endfunction()

# The run path leads to the very library linked here: by its soname alone the
# loader would take whichever build Debian's alternatives prefer.
function(hybrid_blis_target name library)
  add_library(${name} INTERFACE)
  cmake_path(GET library PARENT_PATH folder)
  target_link_libraries(${name} INTERFACE ${library})
  target_link_options(${name} INTERFACE
    "LINKER:--disable-new-dtags" "LINKER:-rpath,${folder}")
endfunction()

hybrid_ask_blis(BLIS_LIBRARY)
if(NOT BLIS_LIBRARY_THREADING STREQUAL openmp)
  message(FATAL_ERROR "${BLIS_LIBRARY} is not BLIS's OpenMP build: install "
    "that one (Debian, Ubuntu: libblis-openmp-dev) or set BLIS_LIBRARY to it.")
endif()
hybrid_blis_target(hybrid_blis ${BLIS_LIBRARY})
message(STATUS "BLIS (OpenMP): ${BLIS_LIBRARY}")

if(BLIS_SERIAL_LIBRARY)
  hybrid_ask_blis(BLIS_SERIAL_LIBRARY)
endif()
if(BLIS_SERIAL_LIBRARY AND BLIS_SERIAL_LIBRARY_THREADING STREQUAL none)
  hybrid_blis_target(hybrid_blis_serial ${BLIS_SERIAL_LIBRARY})
  message(STATUS "BLIS (serial): ${BLIS_SERIAL_LIBRARY}")
else()
  message(STATUS "BLIS (serial): not found; workers of one thread run the "
    "OpenMP build, which is slower for small matrices (Debian, Ubuntu: "
    "libblis-serial-dev)")
endif()
