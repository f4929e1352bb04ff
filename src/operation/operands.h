#ifndef HYBRID_OPERATION_OPERANDS_H_
#define HYBRID_OPERATION_OPERANDS_H_

#include <cstdint>
#include <span>

namespace hybrid {

/// Names one operand of one task of one seed.
struct OperandKey {
  std::uint64_t seed = 0;
  std::uint64_t task = 0;
  std::uint64_t operand = 0;  ///< 0 for the left one, 1 for the right one
};

/// Fills `out` with numbers uniform on [0, 1) that are a function of the key
/// and the position alone, whichever process calls it and in whatever order.
///
/// A counter-based generator (Salmon et al., Parallel Random Numbers: As Easy
/// as 1, 2, 3, SC'11; the library Random123) needs no state and so no seeding:
/// small operands cost the same per number as large ones. On CPUs with AES
/// instructions it is ARS4x32 with 5 rounds, elsewhere Threefry4x64 with 13,
/// both Crush-resistant by that paper; the two give different numbers, and so
/// do double and float. `out` must be aligned to 16 bytes.
void FillUniform(const OperandKey& key, std::span<double> out);
void FillUniform(const OperandKey& key, std::span<float> out);

namespace internal {

/// Whether this CPU has the instructions that FillArs needs.
bool ArsIsUsable();
/// FillUniform by ARS4x32, only where ArsIsUsable().
void FillArs(const OperandKey& key, std::span<double> out);
void FillArs(const OperandKey& key, std::span<float> out);
/// FillUniform by Threefry4x64.
void FillThreefry(const OperandKey& key, std::span<double> out);
void FillThreefry(const OperandKey& key, std::span<float> out);

}  // namespace internal
}  // namespace hybrid

#endif  // HYBRID_OPERATION_OPERANDS_H_
