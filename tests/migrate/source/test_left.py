"""What is left: good Keras 3 code first, of which nothing is told; then each kind of remainder."""

import pytest

from keras_inits.migrate.source import convert

HEAD = """\
import keras
from keras import backend as K
from keras.models import Model, Sequential
from keras.layers import *
from keras.optimizers import Adam
from keras import initializations
"""
GOOD = {
    "layers": """\
import keras
from keras import layers, ops
from keras.applications.vgg16 import VGG16, preprocess_input
x = keras.Input((8,), batch_size=4, name="x")
y = layers.Dense(8, activation="gelu", kernel_initializer="he_normal", name="d", dtype="float16")(x)
y = layers.LSTM(4, implementation=1, input_shape=(3, 4), return_sequences=True)(y)
y = layers.Bidirectional(layers.GRU(3, reset_after=True), merge_mode="sum")(y)
y = layers.Embedding(10, 3, input_length=5, weights=None)(y)
y = ops.mean(ops.square(y), axis=-1)
model = keras.Model(inputs=x, outputs=[y], name="m", trainable=False)
model.compile(optimizer="adamw", loss="mse", metrics=["acc", keras.metrics.AUC()], jit_compile=True)
model.fit(x, y, epochs=3, validation_split=0.1, steps_per_epoch=4, callbacks=[])
print(model.output_shape, keras.backend.floatx(), keras.config.image_data_format())
""",
    "a layer": """\
import keras
class Mine(keras.layers.Layer):
    def __init__(self, init="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        self.init = keras.initializers.get(init)
    def build(self, input_shape):
        self.w = self.add_weight(shape=(3, 4), initializer=self.init, name="w", trainable=True)
        self.v = keras.Variable(self.init((3, 4)), name="v")
    def compute_output_shape(self, input_shape):
        return input_shape
    def get_config(self):
        return {**super().get_config(), "init": keras.initializers.serialize(self.init)}
""",
    "what Python has": "from keras.layers import *\nraise ValueError(3)\n",
    "words of its own": """\
import keras
keras.utils.get_custom_objects()["mine"] = f
keras.layers.Dense(3, activation="mine")
""",
    "other libraries": """\
import keras
import networkx, sklearn.svm
from keras.layers import Dense
graph = networkx.Graph()
graph.add_node(1, name="a")
graph.add_input(3)
machine = sklearn.svm.SVC(probability=True)
machine.predict_proba(x)
machine.fit(x, y, sample_weight=w)
torch_lstm.get_output(), thing.get_input()
study.optimize(f, nb_epoch=3)
""",
    "another import *": """\
from keras.layers import *
from .vgg import *
from keras.models import *
net = Vgg16()
""",
    "what one of two brings": """\
from keras.layers import *
from keras.optimizers import *
from keras.models import *
rate = Adadelta(learning_rate=1.0)
""",
    "a name that is taken over": """\
import keras.layers
from keras.datasets import mnist
mnist = fetch("mnist")
print(mnist.data, mnist.target)
""",
    "old names within a try": """\
import keras.layers
try:
    from keras.layers import Recurrent
    from keras.engine.topology import Layer
except ImportError:
    from keras.layers import Layer
try:
    from keras.layers import Layer as Base
except ImportError:
    from keras.engine.topology import Layer as Base
""",
}
LEFT = {
    "from keras.layers import Recurrent\nclass A(Recurrent): pass": ("KI951", "keras.layers.RNN"),
    "from keras.engine.nothing import *": ("KI951", "keras.engine"),
    "Nothing(3)": ("KI951", "Nothing"),
    "K.function": ("KI951", "keras.Model"),
    "f(K.nothing.more)": ("KI951", "keras.backend.nothing"),
    "Dense(8, foo=3)": ("KI952", "foo"),
    "Adam(1e-3, foo=3)": ("KI952", "foo"),
    "keras.utils.to_categorical(y, nb=3)": ("KI952", "nb"),
    "keras.utils.normalize(x, 1, 2, 3)": ("KI952", "by position"),
    "m = Sequential()\nm.fit(x, y, foo=3)": ("KI952", "foo"),
    "g.add_shared_node(f, name='a', inputs=['b', 'c'])": ("KI954", "keras.Model"),
    "g.add_node(f, name='a', input='b')": ("KI954", "keras.Model"),
    "x.dimshuffle(0, 'x')": ("KI954", "transpose"),
    "self.net.reset_states()": ("KI954", "reset_state"),
    "m = load()\nm.predict_proba(x)": ("KI954", "predict"),
    "x = model.layers[0].W": ("KI954", "kernel"),
    "w = conv.W.get_value()": ("KI954", "numpy"),
    "previous_layer.get_output(train)": ("KI954", "called"),
    "model.compile(loss='nothing', optimizer='adam')": ("KI956", "nothing"),
    "model.compile('sgd', 'mse', metrics=['accuracy', 'nothing'])": ("KI956", "nothing"),
    "keras.layers.Dense(3, activation='nothing')": ("KI956", "nothing"),
}
CLASS = """\
class Mine(Layer):
    def __init__(self, init='normal'):
        self.init = initializations.get(init)
"""
IN_CLASSES = {
    "def get_output(self, train=False): pass": "call",
    "def get_input(self, train=False): pass": "called",
    "def f(self): self.regularizers = [r]": "add_weight",
    "def f(self): self.trainable_weights = a + b": "add_weight",
    "def f(self): self.W.append(self.init(s))": "add_weight",
    "def f(self): return {'init': self.init.__name__}": "serialize",
}


def told(text):
    return [found for found in convert(text)[1] if found.code.startswith("KI95")]


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
@pytest.mark.parametrize("head", ["", "from keras import initializations\n"], ids=["", "legacy"])
def test_good_code_leaves_nothing_to_tell(text, head):
    assert told(head + text) == []


@pytest.mark.parametrize("name", [name for name in GOOD if not name.startswith("old")])
def test_good_code_is_returned_untouched(name):
    assert convert(GOOD[name]) == (GOOD[name], [])


@pytest.mark.parametrize(("text", "said"), LEFT.items())
def test_what_keras_3_lacks_is_told(text, said):
    code, words = said
    found = told(f"{HEAD}{text}\n")
    assert [one.code for one in found] == [code]
    assert words in found[0].message


@pytest.mark.parametrize(("text", "words"), IN_CLASSES.items())
def test_what_is_left_in_a_custom_layer_is_told(text, words):
    found = told(f"{HEAD}{CLASS}    {text}\n")
    assert [(one.code, one.line) for one in found] == [("KI955", 10)]
    assert words in found[0].message


def test_a_layer_whose_base_is_elsewhere_is_one_too():
    text = "from .base import Base\nclass A(Base):\n    def build(self, s): self.updates = []\n"
    assert [one.code for one in told(HEAD + text)] == ["KI955"]
    other = "class A(object):\n    def build(self, s): self.updates = []\n"
    assert told(HEAD + other) == []


def test_an_ignored_argument_is_told():
    found = told("import keras.layers\nkeras.optimizers.Adam(learning_rate=0.1, decay=1e-6)\n")
    assert [(one.code, one.line) for one in found] == [("KI953", 2)]


def test_what_another_fixer_told_is_not_told_twice():
    codes = [one.code for one in convert(f"{HEAD}K.batch_dot(a, b)\n")[1]]
    assert codes.count("KI801") == 1
    assert "KI951" not in codes


def test_lines_are_those_of_the_text_that_was_given():
    text = "from keras.layers import Dense\nDense(3, init='he_normal')\nDense(3, foo=1)\n"
    new, findings = convert(text)
    assert "import keras_inits\n" in new
    (found,) = [one for one in findings if one.code == "KI952"]
    assert (found.line, found.column) == (3, 10)


def test_what_takes_any_argument_is_believed():
    assert told("import keras.layers\nkeras.callbacks.LambdaCallback(on_test_begin=f)\n") == []


def test_what_is_not_public_is_not_judged():
    text = "import keras.layers\nfrom keras.src.backend.common.nothing import f\nf(a=3)\n"
    assert convert(text) == (text, [])


@pytest.mark.parametrize(
    ("line", "told"),
    [("model.layers.pop()", 1), ("self.layers.pop()", 0), ("layers.pop()", 0), ("model.pop()", 0)],
)
def test_layers_taken_out_of_a_copy_are_told(line, told):
    _, findings = convert(f"{HEAD}Dense(3, init='normal')\n{line}\n")
    assert [found.code for found in findings].count("KI957") == told
    _, findings = convert(f"import keras\nkeras.layers.Dense(units=3)\n{line}\n")
    assert "KI957" not in [found.code for found in findings]
