"""Import paths: what stays, what moves, what is gone."""

import pytest

from keras_inits.migrate.source import convert, engine

OLD = "keras.layers.f()\nmodel.fit(x, y, nb_epoch=3)\n"
UNTOUCHED = {
    "Keras 3": "from keras import layers, ops\nfrom keras.utils import to_categorical\n",
    "Keras 2": "from keras.layers.core import Dense\nfrom keras.layers import concatenate\n",
    "tf.keras": "from tensorflow.keras.layers import LSTM\nfrom tensorflow.keras import utils\n",
    "another package": "from keras_contrib.layers.core import Dense\nimport mine.engine\n",
    "what stayed": "from keras.models import Model\nfrom keras.layers import Dense as D\n",
    "a relative import": "from .keras.layers.core import Dense\nfrom . import keras\n",
    "names that are used elsewhere": "import keras\nnp_utils = mine\nnp_utils.to_categorical(y)\n",
}
MOVED = {
    "from keras.layers.core import Dense, Dropout": "from keras.layers import Dense, Dropout",
    "from keras.layers.recurrent import LSTM as L": "from keras.layers import LSTM as L",
    "from keras.layers.core import *": "from keras.layers import *",
    "from keras.utils import np_utils": "from keras import utils as np_utils",
    "from keras.utils.np_utils import to_categorical": "from keras.utils import to_categorical",
    "from keras.utils.visualize_util import plot": "from keras.utils import plot_model as plot",
    "from keras.utils.visualize_util import plot as p": "from keras.utils import plot_model as p",
    "from keras.utils.data_utils import get_file": "from keras.utils import get_file",
    "from keras import objectives": "from keras import losses as objectives",
    "import keras.objectives as o": "import keras.losses as o",
    "from keras.objectives import MSE": "from keras.losses import mean_squared_error as MSE",
    "from keras.optimizers import adam, SGD": "from keras.optimizers import Adam as adam, SGD",
    "from keras.preprocessing import image": "from keras.preprocessing import image",
    "from keras.engine import Model, Layer": (
        "from keras.models import Model\nfrom keras.layers import Layer"
    ),
    "if True:\n    from keras.engine import Model, Layer": (
        "if True:\n    from keras.models import Model\n    from keras.layers import Layer"
    ),
    "from keras.layers.core import (Dense,  # one\n  Dropout)": (
        "from keras.layers import (Dense,  # one\n  Dropout)"
    ),
    "from keras.engine.training import slice_X": "",
    "from keras.engine.training import slice_X\nslice_X(x, 0, 3)": (
        "from keras_inits.migrate.keras1.functions import slice_X\nslice_X(x, 0, 3)"
    ),
    "from keras.utils import np_utils\nnp_utils.accuracy(p, y)": (
        "import keras_inits.migrate.keras1.functions\nfrom keras import utils as np_utils\n"
        "keras_inits.migrate.keras1.functions.accuracy(p, y)"
    ),
    "from keras.wrappers.scikit_learn import KerasClassifier\nKerasClassifier(f)": (
        "from keras_inits.migrate.keras1.scikit_learn import KerasClassifier\nKerasClassifier(f)"
    ),
    "from keras.utils.layer_utils import layer_from_config\nlayer_from_config(c)": (
        "from keras.layers import deserialize as layer_from_config\nlayer_from_config(c)"
    ),
    "from keras.utils.layer_utils import *\nlayer_from_config(c)": (
        "import keras\nfrom keras.utils import *\nkeras.layers.deserialize(c)"
    ),
    "from keras.layers.core import MaskedLayer\nclass A(MaskedLayer): pass": (
        "from keras.layers import Layer as MaskedLayer\nclass A(MaskedLayer): pass"
    ),
    "from keras.layers import LSTM, K": (
        "from keras.layers import LSTM\nfrom keras import backend as K"
    ),
    "from keras.layers import LSTM, activations": (
        "from keras.layers import LSTM\nfrom keras import activations"
    ),
    "from keras.layers.core import Dense, activations": (
        "from keras.layers import Dense\nfrom keras import activations"
    ),
    "from keras.models import Model, slice_X": "from keras.models import Model",
    "try:\n    from keras.models import slice_X\nexcept E:\n    f()": (
        "try:\n    pass\nexcept E:\n    f()"
    ),
    "from keras import layers\nlayers.core.Dense(3)": "from keras import layers\nlayers.Dense(3)",
    "import keras\nkeras.utils.np_utils.to_categorical(y)": (
        "import keras\nkeras.utils.to_categorical(y)"
    ),
    "from keras.utils import visualize_util\nvisualize_util.plot(m)": (
        "from keras import utils as visualize_util\nvisualize_util.plot_model(m)"
    ),
}


def moved(text):
    return convert(text, only=["KI3"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_is_no_legacy_import_is_left_alone(text):
    assert moved(text) == (text, [])


@pytest.mark.parametrize(("before", "after"), MOVED.items())
def test_imports_move(before, after):
    new, findings = moved(f"{before}\n{OLD}")
    assert new.removesuffix(OLD).rstrip("\n") == after
    assert not findings
    assert moved(new)[0] == new


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("from keras.models import Graph\nGraph()\n", "KI301", "inputs="),
        ("from keras.models import Graph\ndef f(g=Graph): pass\n", "KI301", "inputs="),
        ("from keras.models import Graph\ndef f(): Graph()\n", "KI303", "inputs="),
        ("import keras.wrappers.scikit_learn as w\n", "KI301", "SKLearnClassifier"),
        ("from keras.preprocessing.image import ImageDataGenerator\n", "KI302", "legacy"),
        ("from keras.preprocessing.image import random_zoom\n", "KI302", "legacy"),
    ],
)
def test_what_is_gone_or_private_is_reported(text, code, words):
    found = [found for found in moved(text + OLD)[1] if found.code == code]
    assert [found.line for found in found] == [1]
    assert words in found[0].message


def test_a_gone_name_that_only_functions_use_does_not_stop_the_file():
    body = "def f():\n    return Graph()\n"
    new, _ = moved(f"from keras.models import Sequential, Graph\n{body}{OLD}")
    assert new == f"from keras.models import Sequential\n{body}{OLD}"


def test_a_gone_name_that_the_file_defines_itself_goes():
    body = "def Graph(x):\n    return x\nGraph(3)\n"
    new, _ = moved(f"from keras.models import Graph\n{body}{OLD}")
    assert new == body + OLD


def test_what_comes_of_a_module_behind_another_is_converted_at_once():
    text = (
        "from keras.layers.core import Dense, initializations\n"
        "x = initializations.get('one')\nDense(3, init='one')\n"
    )
    new, _ = convert(text)
    assert "keras.initializers.get('ones')" in new
    assert convert(new)[0] == new


def test_without_the_dependency_its_functions_are_reported():
    text = f"from keras.models import slice_X\nslice_X(x, 0, 3)\n{OLD}"
    new, findings = convert(text, no_dependency=True, only=["KI3"])
    assert new == text
    assert [(found.code, found.line) for found in findings] == [("KI301", 1)]


def test_wrappers_that_took_a_model_are_reported():
    text = "from keras.wrappers.scikit_learn import KerasClassifier\nKerasClassifier(model)\n"
    new, findings = convert(text + OLD, from_keras="0.3.2", only=["KI3"])
    assert new == text + OLD
    assert [found.code for found in findings] == ["KI301"]


def test_a_name_that_another_fixer_replaces_leaves_the_import():
    text = (
        "from keras.regularizers import l2, activity_l2\n"
        "from keras.layers.core import Dense\n"
        "Dense(3, W_regularizer=l2(0.1), activity_regularizer=activity_l2(0.1))\n"
    )
    new, _ = convert(text)
    assert "activity_l2" not in new
    assert "import l2\n" in new
    assert convert(new)[0] == new


AT_ONCE = {
    "from keras.regularizers import l2, activity_l2\nDense(3, b_regularizer=activity_l2())": (
        "from keras.regularizers import l2"
    ),
    "from keras.layers.core import initializations, Lambda\ninitializations.get(x)": (
        "from keras.layers import Lambda"
    ),
    "from keras.layers.core import (Merge,  # one\n  Lambda)\nMerge(mode='sum')([a, b])": (
        "from keras.layers import Lambda"
    ),
    "from keras.engine import Model, merge\nmerge([a, b])": "from keras.models import Model",
    "from keras.utils import np_utils\nnp_utils.to_categorical(y)": (
        "from keras import utils as np_utils"
    ),
}


@pytest.mark.parametrize(("before", "after"), AT_ONCE.items())
def test_imports_go_with_their_uses_in_one_pass(before, after, monkeypatch):
    monkeypatch.setattr(engine, "PASSES", 1)
    new, _ = convert(f"{before}\nfrom keras.layers.core import Dense\nDense(3, init='one')\n")
    assert after in new.splitlines()
    assert convert(new)[0] == new


STARTS = {
    "import keras.initializations as i": "",
    "import keras.initializations as i, os": "import os\n",
    "import keras.initializations": "import keras\n",
}


@pytest.mark.parametrize(("before", "after"), STARTS.items())
def test_a_module_that_all_calls_did_without_goes(before, after):
    name = "i" if " as " in before else "keras.initializations"
    made = "from keras.layers import Dense\nDense(3, init={}.normal)\n"
    new, findings = convert(f"{before}\n{made.format(name)}")
    assert new == after + made.replace("init={}.normal", 'kernel_initializer="normal"')
    assert [found.code for found in findings] == ["KI004"]


def test_a_module_that_something_still_uses_stays_and_is_told():
    text = "import keras.initializations as i\nx = i.get_fans((3, 4))\n"
    new, findings = convert(f"{text}from keras.layers import Dense\n")
    assert new.startswith(text)
    assert [found.line for found in findings if found.code == "KI951"] == [1]


def test_what_only_a_function_imports_is_imported_for_the_module_too():
    text = "from keras.optimizers import SGD\ndef f():\n    import keras\n"
    new, _ = convert(text + "SGD(lr=0.1, decay=1e-3)\n", from_keras="1.1.2")
    assert new.startswith("import keras\nfrom keras.optimizers import SGD\n")


def test_a_block_of_imports_that_all_go_keeps_a_statement():
    rooms = ("keras.utils.theano_utils", "keras.utils.dot_utils")
    block = "".join(f"    from {room} import a\n" for room in rooms)
    new, _ = convert(f"import keras.layers\nif True:\n{block}{OLD}", only=["KI3"])
    assert new == f"import keras.layers\nif True:\n    pass\n{OLD}"
