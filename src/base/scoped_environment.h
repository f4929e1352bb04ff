#ifndef HYBRID_BASE_SCOPED_ENVIRONMENT_H_
#define HYBRID_BASE_SCOPED_ENVIRONMENT_H_

#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace hybrid {

/// For tests: sets environment variables, or removes those without a value,
/// and puts everything back at the end of the scope.
class ScopedEnvironment {
 public:
  using Variables = std::map<std::string, std::optional<std::string>>;

  explicit ScopedEnvironment(const Variables& variables) {
    for (const auto& [name, value] : variables) {
      const char* old = std::getenv(name.c_str());
      before_[name] = old != nullptr ? std::optional<std::string>(old)
                                     : std::optional<std::string>();
    }
    Apply(variables);
  }
  ~ScopedEnvironment() { Apply(before_); }
  ScopedEnvironment(const ScopedEnvironment&) = delete;
  ScopedEnvironment& operator=(const ScopedEnvironment&) = delete;

 private:
  static void Apply(const Variables& variables) {
    for (const auto& [name, value] : variables) {
      if (value) {
        setenv(name.c_str(), value->c_str(), 1);
      } else {
        unsetenv(name.c_str());
      }
    }
  }

  Variables before_;
};

/// What hwloc's variables must be for it to see `synthetic`, or the real
/// machine if there is none, whatever the user's shell has set.
inline ScopedEnvironment::Variables HwlocVariables(
    std::optional<std::string> synthetic = std::nullopt) {
  return {{"HWLOC_SYNTHETIC", std::move(synthetic)},
          {"HWLOC_XMLFILE", std::nullopt},
          {"HWLOC_FSROOT", std::nullopt},
          {"HWLOC_CPUID_PATH", std::nullopt},
          {"HWLOC_COMPONENTS", std::nullopt},
          {"HWLOC_ALLOW", std::nullopt},
          {"HWLOC_THISSYSTEM", std::nullopt}};
}

}  // namespace hybrid

#endif  // HYBRID_BASE_SCOPED_ENVIRONMENT_H_
