"""Why a row was not reached: the limit that was measured, and what bounds it.

By the row's title and the side it is against, as `docs/benchmarks.md` has them; shown only where
the row is not reached. A peak's is by its title alone. After a change here,
`python -m benchmarks --report` writes the page again from the last full run.
"""

NOTES = {}
