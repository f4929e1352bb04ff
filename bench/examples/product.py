# NumPy's product of two matrices.
#   bench --command='python3 bench/examples/product.py' --n=512
import hybridbench
import numpy as np

n = hybridbench.config["n"] or 512


def load(task):
    rng = np.random.default_rng(task)
    return rng.random((n, n)), rng.random((n, n))


def operate(operands):
    a, b = operands
    return a @ b


def verify(task, operands, product):
    a, b = operands
    x = np.random.default_rng(task + 1).random(n)
    np.testing.assert_allclose(product @ x, a @ (b @ x), rtol=1e-10)


hybridbench.run(load, operate, verify, flops=2 * n**3)
