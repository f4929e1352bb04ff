$ hybrid-answer --policy=c ../../../results/example/2-core-epyc-zen4.csv
/* Which split of 2 cores between workers and BLAS threads is the fastest for
   gemm: written by hybrid-answer --policy=c.
   machine: amd-epyc-2c-24g-f95c568c
   BLAS: blis-typed 0.9.0
   data: fresh
   measured with: blis-typed, fresh operands, kernels best
   measured: 2026-11-22; 0 of 6 sizes predicted from neighbours
   left out in turn and predicted from the others: 2 of 2 sizes right
   Elsewhere, where nothing is known, it is 0 x 0. */
#ifndef HYBRID_SPLIT_H_
#define HYBRID_SPLIT_H_

struct hybrid_split {
  unsigned long long workers;      /* 0: not known */
  unsigned long long blas_threads; /* of each worker */
  const char *engine;              /* processes, threads or batched */
};

static inline struct hybrid_split hybrid_split(unsigned long long n,
                                               unsigned long long batch) {
  static const struct {
    unsigned long long n_low, n_high, batch_low, batch_high;
    struct hybrid_split split;
  } rules[] = {
    /* n = 64 to 768, batch >= 4: */
    {64ULL, 768ULL, 4ULL, 18446744073709551615ULL, {2ULL, 1ULL, "processes"}},
    /* n=64 batch=8: 7.02e-05 s, measured */
    /* n=256 batch=8: 0.00289 s, measured */
    /* n=768 batch=8: 0.0738 s, measured */
    /* n=64 batch=32: 0.000251 s, measured */
    /* n=256 batch=32: 0.0116 s, measured */
    /* n=768 batch=32: 0.287 s, measured */
  };
  const struct hybrid_split unknown = {0, 0, ""};
  unsigned i;
  for (i = 0; i < sizeof rules / sizeof rules[0]; ++i) {
    if (rules[i].n_low <= n && n <= rules[i].n_high &&
        rules[i].batch_low <= batch && batch <= rules[i].batch_high) {
      return rules[i].split;
    }
  }
  return unknown;
}

#endif /* HYBRID_SPLIT_H_ */
-- stderr --
exit status 0
