#ifndef HYBRID_BASE_PATTERN_H_
#define HYBRID_BASE_PATTERN_H_

#include <memory>
#include <stdexcept>
#include <string>

namespace hybrid {

/// What is no regular expression, or one that is not taken; what() says why.
class PatternError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A regular expression that a user gave. Finding it takes time and memory in
/// proportion to its size, however its repetitions are nested.
class Pattern {
 public:
  enum class Grammar { kExtended, kEcmaScript };

  /// Throws PatternError, also for an expression with back-references and for
  /// one that is too large, both of which could take for ever.
  Pattern(const std::string& expression, Grammar grammar);

  /// Whether it describes any part of `text`.
  bool FoundIn(const std::string& text) const;

 private:
  // Only one source pays for <regex>.
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_PATTERN_H_
