# The BLAS builds of Debian that tests run with, and its NumPy, which runs with
# any of them. They are downloaded through apt and unpacked into blas-builds/ of
# the build tree: to install them would switch the BLAS of the whole machine.
#
# A test that STARTS hybrid_debian_blas and takes ${hybrid_blas_builds} among its
# DEFINITIONS finds them through blas/test_libraries.h.
add_custom_target(hybrid_debian_blas)
option(HYBRIDBENCH_DEBIAN_BLAS
  "Download Debian's BLAS builds, for the tests alone" ON)
if(NOT HYBRIDBENCH_DEBIAN_BLAS)
  return()
endif()
find_program(APT_GET_EXECUTABLE apt-get)
find_program(APT_CACHE_EXECUTABLE apt-cache)
find_program(DPKG_DEB_EXECUTABLE dpkg-deb)
mark_as_advanced(APT_GET_EXECUTABLE APT_CACHE_EXECUTABLE DPKG_DEB_EXECUTABLE)
if(NOT APT_GET_EXECUTABLE OR NOT APT_CACHE_EXECUTABLE OR
   NOT DPKG_DEB_EXECUTABLE)
  message(STATUS "Tests skip the BLAS builds that are not installed: there is "
                 "no apt to download them with")
  return()
endif()

set(packages
  libopenblas0-pthread libopenblas0-openmp libopenblas0-serial
  libopenblas64-0-pthread
  libblis4-openmp libblis4-pthread libblis4-serial libblis64-4-openmp
  libatlas3-base libblas3 liblapack3 python3-numpy)
set(script ${CMAKE_CURRENT_SOURCE_DIR}/fetch_debian_blas.cmake)
add_custom_command(
  OUTPUT debian_blas.stamp
  COMMAND ${CMAKE_COMMAND}
    "-DAPT_GET=${APT_GET_EXECUTABLE}" "-DAPT_CACHE=${APT_CACHE_EXECUTABLE}"
    "-DDPKG_DEB=${DPKG_DEB_EXECUTABLE}" "-DPACKAGES=${packages}"
    "-DNEEDED=libgfortran5;libgomp1;libquadmath0"
    "-DFOLDER=${PROJECT_BINARY_DIR}/blas-builds"
    "-DLIBRARIES=usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}"
    "-DSTAMP=${CMAKE_CURRENT_BINARY_DIR}/debian_blas.stamp" -P ${script}
  DEPENDS ${script}
  COMMENT "Fetching Debian's BLAS builds for the tests"
  VERBATIM)
add_custom_target(hybrid_fetch_debian_blas DEPENDS debian_blas.stamp)
add_dependencies(hybrid_debian_blas hybrid_fetch_debian_blas)
