"""What is measured, as a table: works, the ways to time them, and what they must reach."""

from typing import NamedTuple

from benchmarks.works import Build, Draw

#: How many times as fast as Keras "no slower than" means.
NEARLY, ABOUT = 1 / 1.05, 1 / 1.15
#: Faster, by however little.
FASTER = 1.0
#: Seconds a 4096x4096 matrix product may take in a run whose orthogonal rows count.
MATMUL_LIMIT = 0.45

#: The ways to time a work.
SECOND, FIRST, FRESH = "second call", "first call of the shape", "first draw of a process"


class Row(NamedTuple):
    """A work, a way to time it, and how many times as fast as each side ours must be.

    A side with None is measured for information.
    """

    work: Draw | Build
    way: str
    targets: dict

    @property
    def title(self):
        kind = "x".join(map(str, getattr(self.work, "shape", ()))) or self.work.model
        return f"{self.work.law}, {kind}, {self.way}"

    @property
    def sides(self):
        return ("ours", *self.targets)

    @property
    def needs_idle_machine(self):
        """Orthogonal matrices are products of matrices: they count where those are fast."""
        return self.work.law.startswith("orthogonal")


EVERYONE = {"keras": None, "torch": None, "jax": None}

#: Sizes n of n x n matrices of the sweep, with what must be reached there.
ORTHOGONAL = {
    64: {"keras": ABOUT, "torch": None, "jax": None},
    128: EVERYONE,
    256: EVERYONE,
    512: EVERYONE,
    1024: {"keras": 5, "torch": 1.5, "jax": 1.5},
    2048: {"keras": 8, "torch": 2.5, "jax": 2.5},
    4096: {"keras": 10, "torch": 2.5, "jax": 2.5},
    8192: {},
}

#: The same of independent entries, n x n float32: 4 KiB to 1 GiB in steps of 4.
ENTRIES = {32 * 2**step: {"keras": None} for step in range(10)}
UNIFORM = ENTRIES | {64: {"keras": ABOUT}, 4096: EVERYONE | {"keras": NEARLY}}
TRUNCATED = UNIFORM | {4096: {"keras": 1.8, "torch": 5, "jax": None}}

SWEEPS = {
    "orthogonal": ORTHOGONAL,
    "uniform": UNIFORM,
    "normal": UNIFORM,
    "truncated normal": TRUNCATED,
}

ROWS = [
    *(
        Row(Draw(law, (size, size)), SECOND, targets)
        for law, sizes in SWEEPS.items()
        for size, targets in sizes.items()
    ),
    *(Row(Draw(law, (3, 3, 64, 64)), SECOND, {"keras": ABOUT}) for law in SWEEPS),
    Row(Draw("orthogonal", (1024, 1024)), FIRST, {"keras": 3}),
    Row(Draw("orthogonal", (2048, 2048)), FIRST, {"keras": 4}),
    Row(Draw("orthogonal", (4096, 4096)), FIRST, {"keras": 5}),
    Row(Draw("orthogonal", (512, 100_000)), SECOND, {"keras": 8}),
    Row(Draw("orthogonal per gate", (1024, 4096)), SECOND, {"keras": 3}),
    Row(Draw("uniform", (16384, 16384)), FRESH, {"keras": 3}),
    Row(Draw("truncated normal", (16384, 16384)), FRESH, {"keras": 3}),
    *(
        Row(Build(law, model), way, {"keras": target})
        for model in ("ResNet50", "GPT-2 small")
        # A process builds a model once; Keras takes too long over orthogonal ones to do it more.
        for law, way, target in (
            ("uniform", FIRST, NEARLY),
            ("uniform", SECOND, NEARLY),
            ("orthogonal", FIRST, FASTER),
        )
    ),
]  # fmt: skip

#: What warms a process before a first call: other shapes, on both sides.
WARM_UPS = [
    Build("uniform", "one block"),
    Draw("uniform", (256, 256)),
    Draw("orthogonal", (1536, 1536)),
]


class Peak(NamedTuple):
    """A draw whose peak memory may be at most `limit` times the result."""

    work: Draw
    limit: float

    @property
    def title(self):
        return f"{self.work.law}, {self.work.dtype}"

    @property
    def sides(self):
        """Keras' peak is the same for every law: one is enough to compare."""
        return ("ours", "keras") if self.work.law == "uniform" else ("ours",)


PEAKS = [
    Peak(Draw(law, (16384, 16384), dtype), limit)
    for dtype, limit in (("float32", 1.3), ("float16", 2.5), ("bfloat16", 2.5))
    for law in ("uniform", "normal", "truncated normal")
]


def capped(rows, limit):
    """The rows with shapes cut down, for a quick run; those that fall together once."""
    smaller = [row._replace(work=row.work.capped(limit)) for row in rows]
    return list({row.title: row for row in smaller}.values())
