// A library, but no BLAS.

#include "blas/fakes/fake.h"

FAKE_EXPORT int answer() { return 42; }
