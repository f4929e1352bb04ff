# Stops where flags give up IEEE arithmetic. Under -ffast-math a compiler takes
# every NaN for impossible, so that a product full of them passes verification,
# whose bounds are proved for additions in their order besides.
function(hybrid_refuse_fast_math)
  set(flags "${CMAKE_CXX_COMPILER_ARG1} ${CMAKE_CXX_FLAGS} ${CMAKE_EXE_LINKER_FLAGS}")
  foreach(config IN LISTS CMAKE_BUILD_TYPE CMAKE_CONFIGURATION_TYPES
          ITEMS DEBUG RELEASE RELWITHDEBINFO MINSIZEREL)
    string(TOUPPER "${config}" config)
    string(APPEND flags
      " ${CMAKE_CXX_FLAGS_${config}} ${CMAKE_EXE_LINKER_FLAGS_${config}}")
  endforeach()
  string(CONCAT refused
    "-Ofast|-ffast-math|-ffinite-math-only|-funsafe-math-optimizations|"
    "-fassociative-math|-freciprocal-math|-ffp-model=(fast|aggressive)")
  if(flags MATCHES "(^|[ ;\"'])(${refused})($|[ ;\"'])")
    # The blank in front keeps it on one line.
    message(FATAL_ERROR " ${CMAKE_MATCH_2} lets a product full of NaN pass "
      "verification: leave it out of CMAKE_CXX_FLAGS, CXXFLAGS and the like")
  endif()
endfunction()
hybrid_refuse_fast_math()
