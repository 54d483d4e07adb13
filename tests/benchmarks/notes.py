"""Why a row was not reached: the limit that was measured, and what bounds it.

By the row's title and the side it is against, as `docs/benchmarks.md` has them; shown only where
the row is not reached. A peak's is by its title alone. After a change here,
`python -m benchmarks --report` writes the page again from the last full run.
"""

NOTES = {
    ("truncated normal, 16384x16384, first draw of a process", "keras"): (
        "Ours takes 4.5 matrix products, Keras 8.5; 3 times as fast would be 2.8. The uniforms "
        "alone take 1.5 (see the sweep), and most of the rest is TensorFlow's erfinv, one pass "
        "that computes and does not wait for memory. Keras' first draw of a process varies more "
        "than ours: 7.9 products in the sweep, 8.5 to 10 here."
    ),
}
