#ifndef HYBRID_OPERATION_REGISTRY_H_
#define HYBRID_OPERATION_REGISTRY_H_

#include <array>

#include "operation/operation.h"

namespace hybrid::operations {

// An operation is registered here, by a declaration and its place in the list.
// The list is explicit, since a linker leaves out of a static library what
// nobody names.
extern const Operation kCommand;
extern const Operation kGelsd;
extern const Operation kGemm;
extern const Operation kGesdd;
extern const Operation kGesddValues;
extern const Operation kGesv;
extern const Operation kMultiDot;
extern const Operation kNone;
extern const Operation kPotrf;
extern const Operation kSyevd;
extern const Operation kSyrk;

/// In the order in which users see them: those that --operation takes, and so
/// not kCommand, which comes with a program.
inline constexpr std::array kAll{&kGemm,     &kSyrk,        &kPotrf, &kGesv,
                                 &kGesdd,    &kGesddValues, &kSyevd, &kGelsd,
                                 &kMultiDot, &kNone};

}  // namespace hybrid::operations

#endif  // HYBRID_OPERATION_REGISTRY_H_
