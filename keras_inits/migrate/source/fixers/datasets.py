"""Datasets: arguments of load_data that were renamed or dropped."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.registry import fixer

SPLIT = define(
    "KI561",
    "imdb.load_data splits by itself",
    "test_split was dropped: half of the reviews are for testing, in every version since 1.0.",
)

RENAMED = {"nb_words": "num_words"}
LOADERS = frozenset(("keras.datasets.imdb.load_data", "keras.datasets.reuters.load_data"))


@fixer("KI5")
def datasets(file):
    """Arguments of load_data.

    before: imdb.load_data(nb_words=20000, test_split=0.2)
    after:  imdb.load_data(num_words=20000)
    """
    for call in file.calls_of(LOADERS):
        for old, new in RENAMED.items():
            if old in call.keywords:
                yield call.keywords[old].renamed(new)
        split = call.keywords.get("test_split")
        if split and ".imdb." in call.qualified:
            yield split.removed()
            yield file.finding(SPLIT, split.element, "test_split was dropped")
