# NumPy's singular value decomposition, which calls LAPACK.
#   bench --command='python3 bench/examples/svd.py' --n=256
import hybridbench
import numpy as np

n = hybridbench.config["n"] or 256


def load(task):
    return np.random.default_rng(task).random((n, n))


def verify(task, a, decomposition):
    u, s, vt = decomposition
    np.testing.assert_allclose((u * s) @ vt, a, rtol=0, atol=1e-10 * s[0])


hybridbench.run(load, np.linalg.svd, verify)
