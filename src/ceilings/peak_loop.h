#ifndef HYBRID_CEILINGS_PEAK_LOOP_H_
#define HYBRID_CEILINGS_PEAK_LOOP_H_

/// The loop that reaches a vector unit's peak, for files that are compiled
/// each for one vector unit. All functions here have internal linkage
/// and nothing is included: of an inline function that several files define
/// the linker keeps one, and that could be one with instructions that this CPU
/// does not have.
namespace hybrid::internal {

/// Each element x of each accumulator becomes kFactor x + kTerm in every
/// iteration: a slow drift towards 1 that stays finite and normal for ever.
template <typename Real>
constexpr Real kTerm = 1e-7;
template <>
inline constexpr float kTerm<float> = 1.0F / 1024;
template <typename Real>
constexpr Real kFactor = 1 - kTerm<Real>;

/// How many accumulators a loop has. They depend each on itself only, so they
/// must cover the latency of a multiply-add (4 or 5 cycles, 8 as two
/// instructions) times the units that start one each cycle, and with two
/// constants fit the registers: 16, or 32 on AVX-512 and ARM.
constexpr int kFmaAccumulators = 12;
constexpr int kTwoInstructionAccumulators = 14;
constexpr int kNeonAccumulators = 24;

/// Each does the iterations and returns the sum of all elements.
double RunAvx512(long iterations);
double RunAvx2(long iterations);
double RunAvx(long iterations);
double RunBaseline(long iterations);
/// The same in float32.
double RunAvx512Floats(long iterations);
double RunAvx2Floats(long iterations);
double RunAvxFloats(long iterations);
double RunBaselineFloats(long iterations);

namespace {

/// Where element number `element`, counted over all accumulators, starts.
template <typename Real>
constexpr Real StartOf(int element) {
  return Real(1.5) + Real(0.001) * static_cast<Real>(element);
}

template <int... kIndices>
struct Indices {};

template <int kCount, int... kIndices>
struct CountTo : CountTo<kCount - 1, kCount - 1, kIndices...> {};

template <int... kIndices>
struct CountTo<0, kIndices...> {
  using Type = Indices<kIndices...>;
};

template <typename Real, typename Vector, int... kAccumulator>
double RunLoop(long iterations, Indices<kAccumulator...> /*one each*/) {
  constexpr int kLanes = sizeof(Vector) / sizeof(Real);
  Vector start{};
  for (int lane = 0; lane < kLanes; ++lane) start[lane] = StartOf<Real>(lane);
  Vector x[] = {start +
                (StartOf<Real>(kAccumulator * kLanes) - StartOf<Real>(0))...};
  const Vector factor = Vector{} + kFactor<Real>;
  const Vector term = Vector{} + kTerm<Real>;
  for (long i = 0; i < iterations; ++i) {
    // Unrolled here rather than by an optimiser that may decide otherwise.
    ((x[kAccumulator] = x[kAccumulator] * factor + term), ...);
  }
  const Vector sum = (x[kAccumulator] + ...);
  double result = 0;
  for (int lane = 0; lane < kLanes; ++lane) result += sum[lane];
  return result;
}

/// RunLoop with vectors of so many bytes and so many accumulators.
template <typename Real, int kBytes, int kAccumulators>
double RunLoop(long iterations) {
  using Vector [[gnu::vector_size(kBytes)]] = Real;
  return RunLoop<Real, Vector>(iterations,
                               typename CountTo<kAccumulators>::Type());
}

}  // namespace
}  // namespace hybrid::internal

#endif  // HYBRID_CEILINGS_PEAK_LOOP_H_
