"""compile, fit, evaluate and predict."""

import pytest

from keras_inits.migrate.source import convert

UNTOUCHED = {
    "Keras 3": "import keras\nmodel.fit(x, y, epochs=3)\nmodel.fit(flow, steps_per_epoch=3)\n",
    "Keras 2": "import keras\nmodel.fit_generator(g, steps_per_epoch=3, epochs=2)\n",
    "another library": "import keras\nforest.fit(x, y)\nforest.predict_proba(x)\n",
    "a function": "import keras\nfit(x, y, nb_worker=3)\ndef f(nb_epoch=3):\n    pass\n",
}
HEAD = "import keras\nfrom keras.models import Sequential\n"
CONVERTED = {
    "m.fit(x, y, nb_epoch=3)": "m.fit(x, y, epochs=3)",
    "m.fit(x, y, 32, 3)": "m.fit(x, y, 32, 3)",
    "o = {'nb_epoch': 3}\nm.fit(x, y, **o)": "o = {'epochs': 3}\nm.fit(x, y, **o)",
    "m.fit_generator(g.flow(x, y, batch_size=b), samples_per_epoch=n, nb_epoch=2)": (
        "m.fit(g.flow(x, y, batch_size=b), steps_per_epoch=math.ceil(n / b), epochs=2)"
    ),
    "m.fit_generator(g.flow(x, y), 100, 2)": "m.fit(g.flow(x, y), steps_per_epoch=4, epochs=2)",
    "t = g.flow(x, y, batch_size=10)\nm.fit_generator(t, len(x) - 1, nb_epoch=2)": (
        "t = g.flow(x, y, batch_size=10)\n"
        "m.fit(t, steps_per_epoch=math.ceil((len(x) - 1) / 10), epochs=2)"
    ),
    "m.fit_generator(generator=g.flow(x), samples_per_epoch=64, nb_epoch=1, nb_val_samples=3,"
    " validation_data=(x, y))": (
        "m.fit(x=g.flow(x), steps_per_epoch=2, epochs=1, validation_data=(x, y))"
    ),
    "def g(x, batch_size, n=2): f()\nm.fit_generator(g(x, 10), samples_per_epoch=30, nb_epoch=1)": (
        "def g(x, batch_size, n=2): f()\nm.fit(g(x, 10), steps_per_epoch=3, epochs=1)"
    ),
    "def g(batch_size=10): f()\nm.predict_generator(g(), 30)": (
        "def g(batch_size=10): f()\nm.predict(g(), steps=3)"
    ),
    "B = 16\ndef g(x, batch_size=B): f()\nm.predict_generator(g(x), 32)": (
        "B = 16\ndef g(x, batch_size=B): f()\nm.predict(g(x), steps=2)"
    ),
    "m.fit_generator(g(x, args.batch_size), samples_per_epoch=n, nb_epoch=1)": (
        "m.fit(g(x, args.batch_size), steps_per_epoch=math.ceil(n / args.batch_size), epochs=1)"
    ),
    "def f():\n    size = 8\n    t = G(x, batch_size=size)\n    m.predict_generator(t(), 64)": (
        "def f():\n    size = 8\n    t = G(x, batch_size=size)\n"
        "    m.predict(t(), steps=math.ceil(64 / size))"
    ),
    "m.evaluate_generator(g.flow(x), val_samples=64)": "m.evaluate(g.flow(x), steps=2)",
    "m.predict_generator(g.flow(x), 64)": "m.predict(g.flow(x), steps=2)",
    "m = Sequential()\nm.predict_proba(x)": "m = Sequential()\nm.predict(x)",
    "m = Sequential()\nm.reset_states()": (
        "m = Sequential()\n"
        '[layer.reset_state() for layer in m.layers if getattr(layer, "stateful", False)]'
    ),
    "m.compile('sgd', loss='categorical_crossentropy')\nm.predict_classes(x, verbose=0)": (
        "m.compile('sgd', loss='categorical_crossentropy')\nm.predict(x, verbose=0).argmax(axis=-1)"
    ),
    "m.compile('sgd', 'sparse_categorical_crossentropy')\nn.compile('sgd', 'mse')\n"
    "m.predict_classes(x)": (
        "m.compile('sgd', 'sparse_categorical_crossentropy')\nn.compile('sgd', 'mse')\n"
        "m.predict(x).argmax(axis=-1)"
    ),
    "m.compile('sgd', loss='binary_crossentropy')\nm.predict_classes(x)": (
        "m.compile('sgd', loss='binary_crossentropy')\n(m.predict(x) > 0.5).astype(\"int32\")"
    ),
    "def f():\n    m.compile('sgd', 'categorical_crossentropy')\n    return m\n"
    "def g(m=0):\n    m.compile('sgd', 'binary_crossentropy')\nm = f()\nm.predict_classes(x)": (
        "def f():\n    m.compile('sgd', 'categorical_crossentropy')\n    return m\n"
        "def g(m=0):\n    m.compile('sgd', 'binary_crossentropy')\nm = f()\n"
        "m.predict(x).argmax(axis=-1)"
    ),
    "class B:\n    def made(self):\n        n.compile('sgd', 'categorical_crossentropy')\n"
    "def g(m=0):\n    m.compile('sgd', 'binary_crossentropy')\nm = B().made()\n"
    "m.predict_classes(x)": (
        "class B:\n    def made(self):\n        n.compile('sgd', 'categorical_crossentropy')\n"
        "def g(m=0):\n    m.compile('sgd', 'binary_crossentropy')\nm = B().made()\n"
        "m.predict(x).argmax(axis=-1)"
    ),
}
TOLD = {
    "m = Sequential()\nm.fit(x, y)": ("m = Sequential()\nm.fit(x, y, epochs=10)", ["KI506"]),
    "m.compile(loss='mse', optimizer='sgd', class_mode='binary')": (
        "m.compile(loss='mse', optimizer='sgd')",
        ["KI502"],
    ),
    "m.compile(loss='mse', optimizer='sgd')\nm.fit(x, y, nb_epoch=1, show_accuracy=True)": (
        "m.compile(loss='mse', optimizer='sgd', metrics=[\"accuracy\"])\nm.fit(x, y, epochs=1)",
        ["KI503"],
    ),
    "m.evaluate(x, y, show_accuracy=True)": ("m.evaluate(x, y)", ["KI504"]),
    "m.predict_classes(x)": ("m.predict_classes(x)", ["KI505"]),
    "def g(m):\n    m.compile('sgd', 'binary_crossentropy')\n"
    "n.compile('sgd', 'mse')\nm.predict_classes(x)": (
        "def g(m):\n    m.compile('sgd', 'binary_crossentropy')\n"
        "n.compile('sgd', 'mse')\nm.predict_classes(x)",
        ["KI505"],
    ),
    "m.fit_generator(g, samples_per_epoch=n, nb_epoch=2)": (
        "m.fit(g, samples_per_epoch=n, epochs=2)",
        ["KI501"],
    ),
    "m.fit_generator(g(batch_size, valid_batch_size - 1, a.batch_size), n, 2)": (
        "m.fit(g(batch_size, valid_batch_size - 1, a.batch_size), samples_per_epoch=n, epochs=2)",
        ["KI501"],
    ),
    "n = 3\nt = g(batch_size=n)\nn += 1\nm.predict_generator(t, 64)": (
        "n = 3\nt = g(batch_size=n)\nn += 1\nm.predict(t, val_samples=64)",
        ["KI501"],
    ),
    "def f():\n    t = g(batch_size=n)\n    return t\nm.predict_generator(f(), 64)": (
        "def f():\n    t = g(batch_size=n)\n    return t\nm.predict(f(), val_samples=64)",
        ["KI501"],
    ),
    "m.compile(loss='mse', optimizer='sgd', sample_weight_mode='temporal')": (
        "m.compile(loss='mse', optimizer='sgd')",
        ["KI502"],
    ),
    "m.fit_generator(g(), n, 2)": ("m.fit(g(), samples_per_epoch=n, epochs=2)", ["KI501"]),
    "m.compile('sgd', 'mse', metrics=['fmeasure'])": (
        "m.compile('sgd', 'mse', metrics=['fmeasure'])",
        ["KI507"],
    ),
}


def converted(text):
    return convert(text, only=["KI5"], from_keras="1.2.2")


def test_a_model_is_known_by_the_functions_that_make_it():
    text = """{head}def make():
    m = Sequential()
    return m
def use(model):
    return model.{method}(x)
use(make())
"""
    new, _ = converted(text.format(head=HEAD, method="predict_proba"))
    assert new == text.format(head=HEAD, method="predict")


@pytest.mark.parametrize("given", ["'sgd', loss='cosine_proximity'", "'sgd', 'cosine'"])
def test_the_cosine_loss_is_a_mean_as_in_keras_1(given):
    new, findings = converted(f"{HEAD}m.compile({given})\n")
    became = given.rpartition("'")[0].rpartition("'")[0]
    loss = "keras_inits.migrate.keras1.functions.keras1_cosine_proximity"
    assert new.endswith(f"\nm.compile({became}{loss})\n")
    assert "import keras_inits.migrate.keras1.functions\n" in new
    assert [found.code for found in findings if found.code != "KI004"] == []
    left, findings = convert(
        f"{HEAD}m.compile({given})\n", from_keras="1.2.2", only=["KI507"], no_dependency=True
    )
    assert given in left
    assert [found.code for found in findings] == ["KI507"]


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_training_is_left_alone(text):
    assert convert(text, only=["KI5"]) == (text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_arguments_of_training(before, after):
    head = HEAD.replace("import", "import math\nimport", 1) if "math." in after else HEAD
    new, findings = converted(f"{HEAD}{before}\n")
    assert new == f"{head}{after}\n"
    assert not findings
    assert converted(new)[0] == new


@pytest.mark.parametrize(("before", "told"), TOLD.items())
def test_what_is_told(before, told):
    new, findings = converted(f"{HEAD}{before}\n")
    assert new == f"{HEAD}{told[0]}\n"
    assert [found.code for found in findings] == told[1]
    assert converted(new)[0] == new


def test_early_models_train_on_batches():
    text = f"{HEAD}m = Sequential()\nm.compile('sgd', 'mse')\na = m.{{}}(x, y{{}})\nother.test(x)\n"
    for old, new in (("train", "train_on_batch"), ("test", "test_on_batch")):
        after, findings = convert(text.format(old, ", accuracy=True"), from_keras="0.1.2")
        wanted = text.replace("'mse'", "'mse', metrics=[\"accuracy\"]").format(new, "")
        assert after == wanted
        assert "KI503" in [found.code for found in findings]
        assert convert(after, from_keras="0.1.2")[0] == after


def test_early_defaults_are_those_of_keras_0():
    new, _ = convert(f"{HEAD}m = Sequential()\nm.fit(x, y)\n", only=["KI5"], from_keras="0.3.3")
    assert new.endswith("m.fit(x, y, batch_size=128, epochs=100)\n")
