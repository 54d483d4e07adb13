"""Orthogonal matrices as blocked products of random Householder reflections, on TensorFlow.

The product of the reflections that send Gaussian vectors of decreasing length to multiples of the
first unit vector, with the signs of its columns mended, is the factor Q of a Gaussian matrix with
diag(R) > 0 (Stewart, 1980), hence Haar's; but nothing is factored, and only the normals that the
reflections need are drawn. Blocks of reflections are gathered in the compact form I - V' T V
(Schreiber and Van Loan, 1989), with vectors in the rows of V, and applied by matrix products from
the last block to the first, so that each touches the trailing part alone: 4/3 n**3 operations.

All along, a product Q is held as Q - S, where S has the signs of the columns on its diagonal. A
block bordered with those signs is then one bordered with zeros, and S is added once, at the end.
"""

import functools
import math

# Reflections in a block: an eighth of them all, between bounds, in steps. Wide blocks touch the
# trailing part less often; narrow ones spend less arithmetic on T.
SMALLEST_BLOCK = 128
LARGEST_BLOCK = 384
BLOCK_STEP = 64

# How often the triangular factor of a block is halved before it is solved directly.
HALVINGS = 2

# Added to norms and sizes of first entries: a number drawn as exactly 0 counts as a very small one.
TINY = 1e-18


def reflected(batch, rows, columns, dtype, seed):
    """`batch` matrices (rows, columns), rows >= columns, with a stateless seed in a tensor."""
    import tensorflow as tf

    work = working_dtype(dtype)
    draw = _looped(work) if tf.executing_eagerly() else _unrolled(work)
    matrix = functools.partial(draw, rows, columns, block_width(columns))
    if batch == 1:
        return tf.cast(matrix(seed)[None], dtype)
    # One after the other: batched matrix products take longer than as many single ones.
    seeds = tf.random.experimental.stateless_split(seed, batch)
    return tf.cast(tf.map_fn(matrix, seeds, fn_output_signature=work), dtype)


def block_width(columns):
    """Reflections in a block."""
    width = columns // (8 * BLOCK_STEP) * BLOCK_STEP
    return min(max(width, SMALLEST_BLOCK), LARGEST_BLOCK)


def working_dtype(dtype):
    """The dtype of the arithmetic: float64 where products may be made in TensorFloat-32.

    That keeps ten bits of the factors, and columns would be orthonormal to 1e-3. The switch is the
    process' own and is read when a kernel runs: it cannot be turned off for these products alone.
    """
    import tensorflow as tf

    rounded = tf.config.experimental.tensor_float_32_execution_enabled()
    return "float64" if rounded and tf.config.list_physical_devices("GPU") else dtype


def _unrolled(dtype):
    """A function that adds the blocks, last to first, to the graph that is being traced."""
    import tensorflow as tf

    def unroll(rows, columns, block, seed):
        # Not a constant: folded, products differ from the eager ones in their last bits.
        seed = tf.compat.v1.placeholder_with_default(seed, (2,))
        state = _no_reflections(rows, columns, dtype)
        for start in reversed(range(0, columns, block)):
            width = min(block, columns - start)
            state = _extended(*state, rows - start, columns - start, width, seed)
        return _restored(*state)

    return unroll


@functools.cache
def _looped(dtype):
    """The same as one compiled loop, traced once for every shape."""
    import tensorflow as tf

    def loop(rows, columns, block, seed):
        def step(start, *state):
            width = tf.minimum(block, columns - start)
            state = _extended(*state, rows - start, columns - start, width, seed)
            return start - block, *state

        last = (columns - 1) // block * block
        unknown = tf.TensorShape([None, None]), tf.TensorShape([None])
        _, *state = tf.while_loop(
            lambda start, *_: start >= 0,
            step,
            (last, *_no_reflections(rows, columns, dtype)),
            shape_invariants=(tf.TensorShape([]), *unknown),
        )
        return _restored(*state)

    size = tf.TensorSpec([], "int32")
    signature = [size, size, size, tf.TensorSpec([2], "int32")]
    return tf.function(loop, input_signature=signature, autograph=False)


def _no_reflections(rows, columns, dtype):
    """The product of none, less its signs, and the signs."""
    import tensorflow as tf

    return tf.zeros((rows - columns, 0), dtype), tf.zeros((0,), dtype)


def _restored(product, signs):
    """Q from Q - S."""
    import tensorflow as tf

    return tf.linalg.set_diag(product, tf.linalg.diag_part(product) + signs)


def _extended(product, signs, rows, columns, width, seed):
    """One more block of reflections: `width` rows and columns more.

    With Q bordered by the block's signs, Q - V' T (V Q) is made; V Q is V S + V (Q - S), and the
    second term needs the trailing part of V only.
    """
    import tensorflow as tf

    seed = tf.random.experimental.stateless_fold_in(seed, columns)
    vectors, factor, block_signs = _reflections(width, rows, seed, product.dtype)
    signs = tf.concat([block_signs, signs], 0)
    inner = tf.pad(tf.matmul(vectors[:, width:], product), [[0, 0], [width, 0]])
    inner = tf.matmul(factor, inner + vectors[:, :columns] * signs)
    bordered = tf.pad(product, [[width, 0], [width, 0]])
    return bordered - tf.matmul(vectors, inner, transpose_a=True), signs


def _reflections(width, length, seed, dtype):
    """A block of reflections of Gaussian vectors: V, T and the signs of the columns.

    Row k of V is the vector x, its first k entries zero, plus sign(x[k]) |x| at entry k: the
    reflection sends x to -sign(x[k]) |x| there. The inverse of T is upper triangular, with half
    the squared norms on its diagonal and the products of the rows of V above it.
    """
    import tensorflow as tf

    x = tf.linalg.band_part(_gaussian(width, length, seed, dtype), 0, -1)
    gram = tf.matmul(x, x, transpose_b=True)
    head = tf.linalg.diag_part(x)
    signs = tf.where(head < 0, -tf.ones_like(head), tf.ones_like(head))
    norm = tf.sqrt(tf.linalg.diag_part(gram)) + TINY
    sizes = norm + tf.abs(head) + TINY
    inverse = tf.linalg.set_diag(gram + x[:, :width] * (signs * norm), norm * sizes)
    vectors = tf.linalg.set_diag(x, signs * sizes)
    return vectors, _inverse_of_triangle(inverse, width, HALVINGS), -signs


def _gaussian(rows, columns, seed, dtype):
    """Standard normals by the Box-Muller transform: half the time of TensorFlow's own kernel.

    Its elementary functions are vectorized.
    """
    import tensorflow as tf

    shape = (2, (rows + 1) // 2, columns)
    uniform = tf.random.stateless_uniform(shape, seed, dtype=dtype)
    radius = tf.sqrt(-2.0 * tf.math.log(1.0 - uniform[0]))
    angle = 2.0 * math.pi * uniform[1]
    return tf.concat([radius * tf.cos(angle), radius * tf.sin(angle)], 0)[:rows]


def _inverse_of_triangle(triangle, size, halvings):
    """The inverse of an upper triangular matrix, of which nothing below the diagonal is read.

    Halves leave nearly all of the work to matrix products; a wide solve runs on one thread.
    """
    import tensorflow as tf

    if halvings == 0:
        identity = tf.eye(size, dtype=triangle.dtype)
        return tf.linalg.triangular_solve(triangle, identity, lower=False)
    half = size // 2
    first = _inverse_of_triangle(triangle[:half, :half], half, halvings - 1)
    second = _inverse_of_triangle(triangle[half:, half:], size - half, halvings - 1)
    corner = tf.matmul(first, tf.matmul(triangle[:half, half:], second))
    top = tf.concat([first, -corner], 1)
    return tf.concat([top, tf.pad(second, [[0, 0], [half, 0]])], 0)
