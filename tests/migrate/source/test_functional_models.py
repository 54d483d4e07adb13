"""Model(input=, output=) and merge(...)."""

import pytest

from keras_inits.migrate.source import convert

UNTOUCHED = {
    "Keras 3": "import keras\nkeras.Model(inputs=a, outputs=b)\nkeras.layers.add([a, b])\n",
    "a model of its own": "import keras\nclass Model:\n    pass\nModel(input=a, output=b)\n",
    "another merge": "import keras\nimport pandas as pd\npd.merge(a, b, mode='sum')\n",
    "a method": "import keras\nx.merge([a, b], mode='concat')\nself.Model(input=a)\n",
    "a merge of its own": "import keras\ndef merge(a, mode):\n    pass\nmerge(a, mode='sum')\n",
}
HEAD = "import keras\nfrom keras.models import Model\nfrom keras.layers import merge\n"
CONVERTED = {
    "Model(input=a, output=[b, c])": "Model(inputs=a, outputs=[b, c])",
    "Model(a, b)": "Model(a, b)",
    "Model(input=a, output=b, name='m')": "Model(inputs=a, outputs=b, name='m')",
    "merge([a, b])": "keras.layers.add([a, b])",
    "merge([a, b], mode='sum')": "keras.layers.add([a, b])",
    "merge([a, b], 'mul', name='m')": "keras.layers.multiply([a, b], name='m')",
    "merge([a, b], mode='ave')": "keras.layers.average([a, b])",
    "merge([a, b], mode='max')": "keras.layers.maximum([a, b])",
    "m = 'mul'\nmerge([a, b], mode=m)": "m = 'mul'\nkeras.layers.multiply([a, b])",
    "merge([a, b], mode='concat')": "keras.layers.concatenate([a, b])",
    "merge([a, b], mode='concat', concat_axis=1)": "keras.layers.concatenate([a, b], axis=1)",
    "merge([a, b], 'concat', 1)": "keras.layers.concatenate([a, b], axis=1)",
    "merge([a, b], mode='dot', dot_axes=[1, 1])": "keras.layers.dot([a, b], axes=[1, 1])",
    "merge([a, b], mode='dot')": "keras.layers.dot([a, b], axes=-1)",
    "merge([a, b], mode='sum', concat_axis=1)": "keras.layers.add([a, b])",
    "merge([merge([a, b]), c], mode='mul')": (
        "keras.layers.multiply([keras.layers.add([a, b]), c])"
    ),
    "merge(inputs=[a, b], mode=lambda x: x[0], output_shape=(3,))": (
        "keras.layers.Lambda(lambda x: x[0], output_shape=(3,))([a, b])"
    ),
}


def converted(text):
    return convert(text, only=["KI4"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_is_not_keras_is_left_alone(text):
    assert converted(text) == (text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_models_and_merges(before, after):
    new, findings = converted(f"{HEAD}{before}\n")
    assert new == f"{HEAD}{after}\n"
    assert not findings
    assert converted(new)[0] == new


def test_a_cosine_is_told():
    new, findings = converted(f"{HEAD}merge([a, b], mode='cos', dot_axes=1)\n")
    assert new.endswith("keras.layers.dot([a, b], axes=1, normalize=True)\n")
    assert [found.code for found in findings] == ["KI402"]


def test_a_mode_that_is_not_known_is_reported():
    text = f"{HEAD}merge([a, b], mode=how)\n"
    new, findings = converted(text)
    assert new == text
    assert [(found.code, found.line) for found in findings] == [("KI401", 4)]


def test_the_import_of_merge_goes_with_its_last_use():
    text = "from keras.layers import Dense, merge\nmerge([a, b])\n"
    new, _ = convert(text, only=["KI3", "KI4"])
    assert new == "import keras\nfrom keras.layers import Dense\nkeras.layers.add([a, b])\n"


def test_names_of_several_stars_are_of_the_module_that_had_them():
    stars = "import keras\nfrom keras.layers import *\nfrom keras.models import *\n"
    text = f"{stars}from keras.optimizers import *\nModel(input=a, output=merge([a, b]))\n"
    new, _ = convert(f"{text}SGD(lr=0.1)\n")
    assert new.endswith(
        "Model(inputs=a, outputs=keras.layers.add([a, b]))\nSGD(learning_rate=0.1)\n"
    )
