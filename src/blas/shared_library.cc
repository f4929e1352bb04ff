#include "blas/shared_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <stdexcept>

namespace hybrid {

// Neither RTLD_DEEPBIND, with which a LAPACK would bind to another BLAS, nor
// dlclose, which libraries with threads don't survive.
SharedLibrary::SharedLibrary(const std::string& file)
    : handle_(dlopen(file.c_str(), RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE)) {
  if (handle_ != nullptr) return;
  // One thread only.  NOLINTNEXTLINE(concurrency-mt-unsafe)
  const char* const reason = dlerror();
  const std::string text = reason == nullptr ? "can't be loaded" : reason;
  // The loader mostly begins with the file itself.
  throw std::runtime_error(
      text.starts_with(file) ? text : fmt::format("{}: {}", file, text));
}

void* SharedLibrary::Find(const std::string& symbol) const {
  return dlsym(handle_, symbol.c_str());
}

}  // namespace hybrid
