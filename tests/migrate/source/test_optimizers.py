"""Optimizers."""

import keras
import pytest

from keras_inits.migrate.source import convert

UNTOUCHED = {
    "Keras 3": "import keras\nkeras.optimizers.SGD(learning_rate=0.1)\n",
    "another library": "import keras\nfrom torch.optim import SGD\nSGD(lr=0.1, momentum=0.9)\n",
    "one of its own": "import keras\nclass SGD:\n    pass\nSGD(lr=0.1, decay=1e-6)\n",
    "an attribute": "import keras\nself.lr = 3\nargs.lr.set_value(3)\n",
    "nothing to say": "from keras.optimizers import Adam\nAdam()\nAdam(0.1, 0.9)\n",
}
HEAD = "import keras.layers\nfrom keras.optimizers import *\nmodel.fit(x, y, nb_epoch=1)\n"
SCHEDULE = "keras.optimizers.schedules.InverseTimeDecay"
CONVERTED = {
    "SGD(lr=0.1, momentum=0.9)": "SGD(learning_rate=0.1, momentum=0.9)",
    "SGD(lr=0.1, decay=0.)": "SGD(learning_rate=0.1)",
    "SGD(0.1, 0.9, 0., True)": "SGD(0.1, 0.9, nesterov=True)",
    "SGD(lr=0.1, decay=1e-6)": f"SGD(learning_rate={SCHEDULE}(0.1, 1, 1e-6))",
    "SGD(decay=a / b)": f"SGD(learning_rate={SCHEDULE}(0.01, 1, a / b))",
    "SGD(0.1, 0.9, 1e-6)": f"SGD({SCHEDULE}(0.1, 1, 1e-6), 0.9)",
    "SGD(lr=0.1, clipnorm=5)": "SGD(learning_rate=0.1, global_clipnorm=5)",
    "RMSprop(0.1, 0.9, 1e-6)": "RMSprop(0.1, 0.9, epsilon=1e-6)",
    "Adam(0.1, 0.9, 0.999, 1e-8)": "Adam(0.1, 0.9, 0.999, epsilon=1e-8)",
    "adam(lr=0.1)": "keras.optimizers.Adam(learning_rate=0.1)",
    "sgd = SGD(lr=0.1)\nf(sgd, sgd())": "sgd = SGD(learning_rate=0.1)\nf(sgd, sgd())",
    "Adadelta()": "Adadelta(learning_rate=1.0)",
    "Adagrad(lr=0.1)": "Adagrad(learning_rate=0.1, initial_accumulator_value=0.0)",
    "o = keras.optimizers.adam(lr=0.1)": "o = keras.optimizers.adam(learning_rate=0.1)",
    "m.compile('sgd', 'mse')": "m.compile('sgd', 'mse')",
    "m.compile('nadam', 'mse')": ("m.compile(keras.optimizers.Nadam(learning_rate=0.002), 'mse')"),
    "m.compile(loss='mse', optimizer='adadelta')": (
        "m.compile(loss='mse', optimizer=keras.optimizers.Adadelta(learning_rate=1.0))"
    ),
    "m.optimizer.lr.set_value(0.1)": "m.optimizer.learning_rate.assign(0.1)",
    "o = SGD()\nprint(o.lr.get_value())": "o = SGD()\nprint(o.learning_rate.numpy())",
}


def converted(text):
    return convert(text, only=["KI6"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_optimizers_are_left_alone(text):
    assert converted(text) == (text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_optimizers(before, after):
    new, _ = converted(f"{HEAD}{before}\n")
    assert new == f"{HEAD}{after}\n"
    assert converted(new)[0] == new


def test_what_early_optimizers_ignored_goes():
    text = f"{HEAD}SGD(lr=0.1, l2=0.0, clipvalue=1)\n"
    new, findings = convert(text, only=["KI6"], from_keras="0.1.2")
    assert new.endswith("SGD(learning_rate=0.1, clipvalue=1)\n")
    assert [found.code for found in findings] == ["KI605"]
    assert "l2=0.0" in convert(text, only=["KI6"], from_keras="1.0.3")[0]


def test_what_an_early_optimizer_clipped_stays_the_second_time():
    new, _ = convert(f"{HEAD}SGD(clipnorm=1)\n", only=["KI6"], from_keras="0.1.2")
    assert new.endswith("SGD(global_clipnorm=1)\n")
    assert convert(new, only=["KI6"], from_keras="0.1.2")[0] == new


def test_the_schedule_is_the_old_decay():
    schedule = keras.optimizers.schedules.InverseTimeDecay(0.1, 1, 1e-3)
    for updates in (0, 1, 500):
        assert float(schedule(updates)) == pytest.approx(0.1 / (1 + 1e-3 * updates))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SGD(lr=0.1, decay=1e-6)", "KI601"),
        ("SGD(decay=0.1)\nkeras.callbacks.LearningRateScheduler(f)", "KI602"),
        ("Adamax(epsilon=1e-8)", "KI603"),
        ("Nadam(lr=0.1, epsilon=1e-8, schedule_decay=0.1)", "KI604"),
    ],
)
def test_what_is_told(text, code):
    findings = converted(f"{HEAD}{text}\n")[1]
    assert [(found.code, found.line) for found in findings] == [(code, 4)]
