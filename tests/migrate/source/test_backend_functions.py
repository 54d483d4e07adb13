"""Functions of keras.backend."""

import inspect

import keras
import pytest

from keras_inits.migrate.source import convert
from keras_inits.migrate.source.fixers.backend_functions import FUNCTIONS, REORDERED

UNTOUCHED = {
    "Keras 3": "import keras\nfrom keras import backend as K\nkeras.ops.sum(x)\nK.epsilon()\n",
    "Keras 2": "from keras import backend as K\nfrom keras.layers import Add\nK.sum(x)\n",
    "another K": "import keras\nimport mine as K\nmodel.fit(x, nb_epoch=2)\nK.sum(x)\n",
    "what stayed": "from keras import backend as K\nmodel.fit(x, nb_epoch=2)\nK.floatx()\n"
    "K.is_keras_tensor(x)\n",
}
HEAD = "import keras.layers\nfrom keras import backend as K\nmodel.fit(x, nb_epoch=2)\n"
CONVERTED = {
    "K.sum(x, axis=1, keepdims=True)": "keras.ops.sum(x, axis=1, keepdims=True)",
    "K.mean(K.square(a - b), axis=-1)": "keras.ops.mean(keras.ops.square(a - b), axis=-1)",
    "K.argmax(x)": "keras.ops.argmax(x, axis=-1)",
    "K.argmax(x, 1)": "keras.ops.argmax(x, 1)",
    "K.expand_dims(x)": "keras.ops.expand_dims(x, axis=-1)",
    "K.expand_dims(x, dim=1)": "keras.ops.expand_dims(x, axis=1)",
    "K.permute_dimensions(x, (0, 2, 1))": "keras.ops.transpose(x, (0, 2, 1))",
    "K.clip(x, 0, max_value=1)": "keras.ops.clip(x, 0, x_max=1)",
    "K.repeat_elements(x, rep=2, axis=1)": "keras.ops.repeat(x, repeats=2, axis=1)",
    "K.pow(x, 2)": "keras.ops.power(x, 2)",
    "K.gather(w, i)": "keras.ops.take(w, i, axis=0)",
    "K.variable(0.5, name='a')": "keras.Variable(0.5, name='a')",
    "K.set_value(v, 3)": "v.assign(3)",
    "K.get_value(v)": "keras.ops.convert_to_numpy(v)",
    "K.int_shape(x)[1]": "x.shape[1]",
    "K.eval(v)": "keras.ops.convert_to_numpy(v)",
    "K.concatenate([a, b])": "keras.ops.concatenate([a, b], axis=-1)",
    "K.lesser(a, b)": "keras.ops.less(a, b)",
    "K.arange(3)": 'keras.ops.arange(3, dtype="int32")',
    "K.binary_crossentropy(p, y)": "keras.ops.binary_crossentropy(output=p, target=y)",
    "K.in_top_k(p, y, 5)": "keras.ops.in_top_k(predictions=p, targets=y, k=5)",
    "K.batch_flatten(x)": 'keras.layers.Flatten(data_format="channels_last")(x)',
    "K.repeat(x, 3)": "keras.layers.RepeatVector(3)(x)",
    "K.bias_add(x, b)": "keras.ops.add(x, b)",
    "K.random_binomial((2, 3), 0.5)": (
        "keras.random.binomial(shape=(2, 3), probabilities=0.5, counts=1)"
    ),
    "axis = 1 if K._BACKEND == 'theano' else 3": "axis = 1 if K.backend() == 'theano' else 3",
    "K.random_normal((2, 3), 0., std=2.)": "keras.random.normal((2, 3), 0., stddev=2.)",
}
REPORTED = ("K.batch_dot(x, y)", "K.relu(x, alpha=0.1)", "K.function([a], [b])", "K.sum(*a)")


def converted(text):
    return convert(text, only=["KI8"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_functions_are_left_alone(text):
    assert converted(text) == (text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_one_call_becomes_one_call(before, after):
    new, findings = converted(f"{HEAD}{before}\n")
    assert new == f"{HEAD}{after}\n"
    assert not findings
    assert converted(new)[0] == new


@pytest.mark.parametrize("text", REPORTED)
def test_what_has_no_equivalent_is_reported(text):
    new, findings = converted(f"{HEAD}{text}\n")
    assert new == f"{HEAD}{text}\n"
    assert [found.code for found in findings] == ["KI801"]


@pytest.mark.parametrize("name", ["", ", name='a'"])
def test_zeros_were_variables(name):
    new, findings = converted(f"{HEAD}K.zeros((3,){name})\n")
    assert new == f"{HEAD}keras.Variable(keras.ops.zeros((3,)){name})\n"
    assert [found.code for found in findings] == ["KI802"]


def test_what_keras_2_took_in_another_order_is_reported_there():
    text = f"{HEAD}from keras.layers import Add\nK.binary_crossentropy(y, p)\n"
    new, findings = converted(text)
    assert new == text
    assert [found.code for found in findings] == ["KI801"]


def test_a_bias_of_channels_that_come_first_is_reported():
    new, findings = convert(f"{HEAD}K.bias_add(x, b)\n", only=["KI8"], dim_ordering="th")
    assert new == f"{HEAD}K.bias_add(x, b)\n"
    assert [found.code for found in findings] == ["KI801"]


def test_the_old_hard_sigmoid_is_this_package_s():
    new, _ = converted(f"{HEAD}K.hard_sigmoid(x)\n")
    assert new.endswith("\nkeras_inits.migrate.keras1.keras1_hard_sigmoid(x)\n")
    assert "import keras_inits.migrate.keras1\n" in new


@pytest.mark.parametrize("name", [*FUNCTIONS, *REORDERED])
def test_keras_3_has_the_function_and_its_arguments_in_that_order(name):
    became = {**FUNCTIONS, **REORDERED}[name]
    function = keras
    for part in became.function.split("."):
        function = getattr(function, part)
    names = list(inspect.signature(function).parameters)
    wanted = list(became.arguments.values())
    assert {*wanted, *became.needed} <= {*names}
    if became.function != "Variable" and not became.named:
        assert names[: len(wanted)] == wanted


LAYER = """\
class A(Layer):
    def build(self, shape):
        self.w = {weight}
    def call(self, x, mask=None{training}):
        z = {zeros}
        return {phase}
"""


def test_a_call_is_told_whether_it_trains_and_makes_no_variables():
    old = {"weight": "K.zeros((3,))", "training": "", "zeros": "K.zeros((3,))"}
    old["phase"] = "K.in_train_phase(K.dropout(x, 0.5), x) + K.in_train_phase(z, x)"
    new = {"weight": "keras.Variable(keras.ops.zeros((3,)))", "zeros": "keras.ops.zeros((3,))"}
    new["phase"] = "(keras.random.dropout(x, 0.5) if training else x) + (z if training else x)"
    after, findings = converted(HEAD + LAYER.format(**old))
    assert after == HEAD + LAYER.format(**new, training=", training=None")
    assert [found.code for found in findings] == ["KI802"]


@pytest.mark.parametrize("given", ["x, lambda: x", "noisy, x", "x", "x, x, training=1"])
def test_a_phase_that_is_not_of_two_tensors_is_told(given):
    text = (
        f"{HEAD}def noisy(): 0\nclass A(Layer):\n    def call(self, x): K.in_train_phase({given})\n"
    )
    after, findings = converted(text)
    assert after == text
    assert [found.code for found in findings] == ["KI801"]


@pytest.mark.parametrize("parameters", ["", "*given", "*given, **named"])
def test_a_call_without_parameters_of_its_own_is_told(parameters):
    text = f"{HEAD}class A(Layer):\n    def call({parameters}): K.in_train_phase(noisy, x)\n"
    after, findings = converted(text)
    assert after == text
    assert [found.code for found in findings] == ["KI801"]
