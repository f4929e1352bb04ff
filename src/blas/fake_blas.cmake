# Shared libraries that stand in for a BLAS in tests: proprietary ones that
# record who calls what, and faulty ones. FakeLibrary(NAME) of
# blas/test_libraries.h is the path of `fakes/NAME.so` in the folder of tests.
add_custom_target(hybrid_fake_blas)

# hybrid_fake_blas(NAME SOURCES ... [PREFIX prefix] [SUFFIX suffix]
#                  [INTEGER type])
# A library of the SOURCES, which stand in fakes/. With plain_blas.cc among them
# it is a BLAS whose names have that prefix and suffix and whose integers are of
# that type.
function(hybrid_fake_blas name)
  cmake_parse_arguments(arg "" "PREFIX;SUFFIX;INTEGER" "SOURCES" ${ARGN})
  if(NOT arg_SUFFIX)
    set(arg_SUFFIX _)
  endif()
  if(NOT arg_INTEGER)
    set(arg_INTEGER std::int32_t)
  endif()
  list(TRANSFORM arg_SOURCES PREPEND fakes/)
  add_library(fake-${name} MODULE ${arg_SOURCES})
  target_include_directories(fake-${name} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(fake-${name} PRIVATE
    FAKE_PREFIX=${arg_PREFIX} FAKE_SUFFIX=${arg_SUFFIX}
    FAKE_INTEGER=${arg_INTEGER})
  target_link_libraries(fake-${name} PRIVATE
    Threads::Threads hybrid_warnings hybrid_test_options ${CMAKE_DL_LIBS})
  set_target_properties(fake-${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} SUFFIX .so CXX_VISIBILITY_PRESET hidden
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/fakes
    UNITY_BUILD OFF)
  add_dependencies(hybrid_fake_blas fake-${name})
endfunction()

# What cannot be had here, or not in every way: right, as far as they go.
hybrid_fake_blas(mkl SOURCES mkl.cc beside.cc record.cc plain_blas.cc)
hybrid_fake_blas(libmkl_avx2 SOURCES no_gemm.cc)
hybrid_fake_blas(libmkl_avx512 SOURCES no_gemm.cc)
hybrid_fake_blas(libflexiblas
  SOURCES flexiblas.cc beside.cc record.cc plain_blas.cc no_fault.cc)
hybrid_fake_blas(libopenblas-backend SOURCES plain_blas.cc no_fault.cc)
hybrid_fake_blas(numpy-wheel
  SOURCES numpy_wheel.cc record.cc plain_blas.cc no_fault.cc
  PREFIX scipy_ SUFFIX _64_ INTEGER std::int64_t)
hybrid_fake_blas(ilp64
  SOURCES plain_blas.cc no_fault.cc INTEGER std::int64_t)
hybrid_fake_blas(plain SOURCES plain_blas.cc no_fault.cc)
hybrid_fake_blas(sleeps SOURCES plain_blas.cc sleeps.cc)
hybrid_fake_blas(strided SOURCES plain_blas.cc no_fault.cc strided.cc)

# Faulty.
hybrid_fake_blas(eight-threads SOURCES plain_blas.cc eight_threads.cc)
hybrid_fake_blas(brief-threads SOURCES plain_blas.cc brief_threads.cc)
hybrid_fake_blas(prints SOURCES plain_blas.cc prints.cc)
hybrid_fake_blas(openblas-prints SOURCES openblas.cc plain_blas.cc prints.cc)
hybrid_fake_blas(exits SOURCES plain_blas.cc no_fault.cc exits.cc)
hybrid_fake_blas(crashes SOURCES plain_blas.cc no_fault.cc crashes.cc)
hybrid_fake_blas(not-reentrant SOURCES plain_blas.cc not_reentrant.cc)
hybrid_fake_blas(first-of-batch
  SOURCES plain_blas.cc strided.cc first_of_batch.cc)
hybrid_fake_blas(no-gemm SOURCES no_gemm.cc)
hybrid_fake_blas(perturbed SOURCES perturbed.cc)
