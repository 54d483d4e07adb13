"""Names of saved files, names in the logs, and arguments of the datasets."""

import pytest

from keras_inits.migrate.source import convert

OLD = "from keras import initializations\n"
HEAD = f"from keras.callbacks import *\nfrom keras.datasets import imdb, reuters\n{OLD}"
COMPILED = "m.compile('sgd', 'mse', metrics=['accuracy'])\n"
UNTOUCHED = {
    "Keras 3": "import keras\nmodel.save_weights('a.h5')\nh.history['acc']\n",
    "files of others": f"import keras\n{OLD}open('a.hdf5')\nmodel.save('a.h5')\n",
    "good names": f"import keras\n{OLD}model.save_weights('a.weights.h5')\n",
    "another metric": f"import keras\n{OLD}m.compile(metrics=['acc'])\nh.history['acc']\n",
    "another dataset": f"import mine as imdb\nimport keras\n{OLD}imdb.load_data(nb_words=3)\n",
}
CONVERTED = {
    "m.save_weights('a.hdf5', overwrite=True)": "m.save_weights('a.weights.h5', overwrite=True)",
    "m.save_weights('a_{}.h5'.format(i))": "m.save_weights('a_{}.weights.h5'.format(i))",
    "p = n + '.hdf5'\nm.save_weights(p)": "p = n + '.weights.h5'\nm.save_weights(p)",
    "m.save_weights('a.h5')\nm.load_weights('a.h5')": (
        "m.save_weights('a.weights.h5')\nm.load_weights('a.weights.h5')"
    ),
    "m.load_weights('theirs.h5')": "m.load_weights('theirs.h5')",
    "ModelCheckpoint('a.hdf5')": "ModelCheckpoint('a.keras')",
    "ModelCheckpoint(filepath='a.h5', save_weights_only=True)": (
        "ModelCheckpoint(filepath='a.weights.h5', save_weights_only=True)"
    ),
    f"{COMPILED}h.history['val_acc']": f"{COMPILED}h.history['val_accuracy']",
    f"{COMPILED}EarlyStopping(monitor='val_acc')": (
        f"{COMPILED}EarlyStopping(monitor='val_accuracy')"
    ),
    f"{COMPILED}logs.get('acc')": f"{COMPILED}logs.get('accuracy')",
    f"{COMPILED}ModelCheckpoint('a-{{val_acc:.2f}}.hdf5')": (
        f"{COMPILED}ModelCheckpoint('a-{{val_accuracy:.2f}}.keras')"
    ),
    "imdb.load_data(nb_words=3, test_split=0.2)": "imdb.load_data(num_words=3)",
    "reuters.load_data(nb_words=3, test_split=0.2)": (
        "reuters.load_data(num_words=3, test_split=0.2)"
    ),
}


def converted(text, **options):
    return convert(text, only=["KI55", "KI56"], **options)


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_names_are_left_alone(text):
    assert converted(text) == (text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_names_that_keras_3_takes(before, after):
    new, _ = converted(f"{HEAD}{before}\n", from_keras="1.2.2")
    assert new == f"{HEAD}{after}\n"
    assert converted(new, from_keras="1.2.2")[0] == new


def test_early_checkpoints_saved_weights():
    new, _ = converted(f"{HEAD}ModelCheckpoint('a.hdf5')\n", from_keras="0.3.3")
    assert new.endswith("ModelCheckpoint('a.weights.h5', save_weights_only=True)\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("m.save_weights('a.h5')", "KI551"),
        ("m.save_weights(args.path)", "KI552"),
        ("imdb.load_data(test_split=0.2)", "KI561"),
    ],
)
def test_what_is_told(text, code):
    findings = converted(f"{HEAD}{text}\n")[1]
    assert [(found.code, found.line) for found in findings] == [(code, 4)]


def test_a_new_name_is_told_once_by_the_old_one():
    _, findings = convert(
        f"{HEAD}{COMPILED}ModelCheckpoint('a-{{val_acc:.2f}}.h5')\n", from_keras="1.2.2"
    )
    told = [found.message for found in findings if found.code == "KI551"]
    assert told == ["a-{val_acc:.2f}.h5 became a-{val_acc:.2f}.keras"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("np_utils.to_categorical(y, nb_classes=3)", "np_utils.to_categorical(y, num_classes=3)"),
        ("ReduceLROnPlateau('loss', epsilon=.1)", "ReduceLROnPlateau('loss', min_delta=.1)"),
        ("Adam(epsilon=1e-8)", "Adam(epsilon=1e-8)"),
        ("f(nb_classes=3)", "f(nb_classes=3)"),
    ],
)
def test_arguments_that_have_another_name(before, after):
    head = f"from keras.optimizers import Adam\nfrom keras.utils import np_utils\n{HEAD}"
    new, _ = convert(f"{head}{before}\n", from_keras="1.2.2", only=["KI5"])
    assert new == f"{head}{after}\n"
