"""Ours against Keras, torch and jax, side by side in one run: `make bench`.

`rows.py` is the table, `works.py` what is timed, `laws.py` how each side draws it, `runner.py` how
two sides are compared; `fresh.py` measures in fresh processes; `report.py` and `plot.py` write
`docs/benchmarks.md` and `docs/benchmarks.png`; `notes.py` explains what was not reached.
"""
