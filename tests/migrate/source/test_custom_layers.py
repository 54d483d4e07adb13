"""Custom layers."""

import pytest

from keras_inits.migrate.source import convert

UNTOUCHED = {
    "Keras 3": (
        "import keras\nclass A(keras.Layer):\n    def build(self, s):\n"
        "        self.w = self.add_weight(shape=s, initializer=self.init, name='w')\n"
        "    def compute_output_shape(self, s):\n        return s\n"
    ),
    "another init": "import keras\nself.init()\nmodel.init((3, 4), name='a')\n",
    "no layer": (
        "import keras\nclass A:\n    def run(self):\n        self.init(self.config, 3)\n"
        "        self.init((3, 4))\n"
    ),
    "other weights": "import keras\nself.weights = [a]\nself.trainable_weights = f()\n",
    "weights of others": (
        "import keras\nclass A:\n    def f(self):\n        self.trainable_weights += other.all\n"
        "        w = self.trainable_weights\n        model.trainable_weights.append(self.W)\n"
    ),
    "another module": "import keras\nfrom mine import initializations as i\ni.get('one')\n",
}
NUMBERS = "self.b = keras.Variable(np.hstack((a, {}(self.init((3,))))))"
HEAD = "import keras\nfrom keras import initializations\n"
CLASS = "class A(Layer):\n    def build(self, shape):\n        self.input_dim = 3\n"
CONVERTED = {
    "self.W = self.init((3, 4), name='{}_W'.format(self.name))": (
        "self.W = self.add_weight(shape=(3, 4), initializer=self.init, "
        "name='{}_W'.format(self.name))"
    ),
    "self.U = self.inner_init((3, 4))": (
        "self.U = self.add_weight(shape=(3, 4), initializer=self.inner_init)"
    ),
    "W = self.init(n, name='a')": ("W = self.add_weight(shape=n, initializer=self.init, name='a')"),
    "self.b = self.init((self.input_dim))": (
        "self.b = self.add_weight(shape=(self.input_dim,), initializer=self.init)"
    ),
    "self.b = self.init((self.b_shape))": (
        "self.b = self.add_weight(shape=(self.b_shape), initializer=self.init)"
    ),
    "self.gamma = self.gamma_init((3,), name='g')": (
        "self.gamma = self.add_weight(shape=(3,), initializer=self.gamma_init, name='g')"
    ),
    "self.all.append(self.init((3, 4)))": (
        "self.all.append(self.add_weight(shape=(3, 4), initializer=self.init))"
    ),
    "self.b = initializations.normal(s, scale=0.1, name=n)": (
        "self.b = self.add_weight(shape=s, "
        "initializer=keras.initializers.RandomNormal(stddev=0.1), name=n)"
    ),
    "x = initializations.normal(s, scale=0.1, name=n)": (
        "x = keras.initializers.RandomNormal(stddev=0.1)(s)"
    ),
    "x = initializations.uniform(s, a + b)": (
        "x = keras.initializers.RandomUniform(-(a + b), (a + b))(s)"
    ),
    "x = initializations.zero(s)": 'x = keras.initializers.get("zeros")(s)',
    "x = initializations.get('one')": "x = keras.initializers.get('ones')",
    "x = initializations.get('glorot_uniform')": "x = keras.initializers.get('glorot_uniform')",
    "x = initializations.get('normal', dim_ordering='tf')": "x = keras.initializers.get('normal')",
    "x = self.get_output_shape_for(s)": "x = self.compute_output_shape(s)",
    NUMBERS.format("keras.backend.get_value"): NUMBERS.format("keras.ops.convert_to_numpy"),
    "self.add_weight(s, self.init, 'a')": "self.add_weight(s, self.init, name='a')",
}


def converted(text):
    return convert(text, only=["KI85"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_classes_are_left_alone(text):
    assert converted(text) == (text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_weights_and_initializations(before, after):
    new, findings = converted(f"{HEAD}{CLASS}        {before}\n")
    assert new == f"{HEAD}{CLASS}        {after}\n"
    assert not findings
    assert converted(new)[0] == new


@pytest.mark.parametrize(
    "line",
    [
        "self.trainable_weights = [self.W, self.b]",
        "self.trainable_weights = self.first + self.second + [self.b]",
        "self.trainable_weights.append(self.W)",
        "self.non_trainable_weights += [self.W]",
    ],
)
def test_a_list_of_weights_goes_and_is_told(line):
    new, findings = converted(f"{HEAD}{CLASS}        {line}\n")
    assert new == HEAD + CLASS
    assert [(found.code, found.line) for found in findings] == [("KI851", 6)]


def test_a_method_that_loses_all_its_statements_keeps_one():
    lists = ("trainable_weights = [self.W]", "non_trainable_weights = []")
    lines = "".join(f"        # weights\n        self.{one}\n" for one in lists)
    new, _ = converted(f"{HEAD}class A(Layer):\n    def build(self, shape):\n{lines}\nb = 3\n")
    assert new.endswith("        # weights\n        pass\n        # weights\n\nb = 3\n")


def test_a_name_that_is_given_to_the_layer_is_told():
    text = "def f(init='he_normal'):\n    return initializations.get(init)\n"
    new, findings = converted(HEAD + text)
    assert "init='keras1_he_normal'" in new
    assert "import keras_inits\n" in new
    assert [found.code for found in findings] == ["KI852"]


def test_the_output_shape_has_another_name():
    text = "class A(Layer):\n    def get_output_shape_for(self, s):\n        return s\n"
    assert "def compute_output_shape(self, s)" in converted(HEAD + text)[0]


def test_the_import_goes_with_the_last_use():
    text = "from keras import initializations, backend as K\nx = initializations.get('one')\n"
    new, _ = convert(text, only=["KI3", "KI85"])
    assert new == (
        "import keras\nfrom keras import backend as K\nx = keras.initializers.get('ones')\n"
    )


def test_other_functions_of_the_module_are_no_initializations():
    text = "from keras.initializations import get_fans\nfan_in, fan_out = get_fans((3, 4))\n"
    new, _ = convert(text, from_keras="1.1.2")
    assert "fan_in, fan_out = get_fans((3, 4))" in new
    assert "keras1_get_fans" not in new


def test_an_initialization_that_a_method_is_given_is_an_initializer():
    text = "from keras.initializations import zero, he_normal as he\n"
    new, _ = convert(f"{text}self.w((3,), zero, 'b')\nself.w((3,), he)\n", only=["KI3", "KI85"])
    assert new == (
        "import keras\nimport keras_inits\n"
        "self.w((3,), keras.initializers.get(\"zeros\"), 'b')\n"
        'self.w((3,), keras.initializers.get("keras1_he_normal"))\n'
    )


def test_a_module_that_another_one_passes_on_is_known_at_once():
    text = "from keras.layers.core import Layer, initializations\nx = initializations.get(init)\n"
    new = convert(text)[0]
    assert "x = keras.initializers.get(init)" in new
    assert convert(new)[0] == new
