# The NumPy tutorial's job as a plain script: pairs of random matrices multiplied
# by a pool of processes, or, for one, by this one; all products end up here. It
# knows nothing of bench, which measures the tutorial's five cases with it:
#   bench --benchmark_filter=Tutorial --protocol=whole --batch=100 --n=2000 --command=\
#     'python3 bench/examples/tutorial.py --processes {workers} --pairs {batch} --n {n}'
import argparse
import multiprocessing
import time

import numpy as np


def load(n):
    rng = np.random.default_rng()  # Each process has its own numbers.
    return rng.random((n, n)), rng.random((n, n))


def task(n):
    a, b = load(n)
    return a.dot(b)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--n", type=int, default=2000)
    args = parser.parse_args()
    begin = time.perf_counter()
    if args.processes == 1:
        products = [task(args.n) for _ in range(args.pairs)]
    else:
        # Where the BLAS has threads of its own, a forked child may hang.
        spawn = multiprocessing.get_context("spawn")
        with spawn.Pool(args.processes) as pool:
            products = pool.map(task, [args.n] * args.pairs, chunksize=1)
    print(f"{len(products)} products of {args.n} x {args.n} in "
          f"{time.perf_counter() - begin:.3f} s")


if __name__ == "__main__":
    main()
