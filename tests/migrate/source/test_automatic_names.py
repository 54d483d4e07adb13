"""Layers by the names that Keras 1 gave them: what is no such name first."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.layers import Dense\nDense(3, init='uniform')\n"
SILENT = [
    "model.get_layer('fc_1')",
    "model.get_layer(name='dense')",
    "model.get_layer('dense_x')",
    "Dense(2, name='dense_1')\nmodel.get_layer('dense_1')",
    "other.find('dense_1')",
    "model.get_layer(index=1)",
    "model.compile('sgd', loss={'out': 'mse'})",
    "model.fit(x, y, nb_epoch=3, callbacks=[f('dense_1')])",
]
TOLD = {
    "model.get_layer('dense_2')": ["dense_2"],
    "model.get_layer(name='convolution2d_1')": ["convolution2d_1"],
    "model.compile('sgd', loss={'dense_1': 'mse', 'out': 'mse'})": ["dense_1"],
    "model.fit({'input_1': x}, {'lstm_12': y})": ["input_1", "lstm_12"],
}


def told(text):
    found = convert(text)[1]
    return [one.message.partition(":")[0] for one in found if one.code == "KI215"]


@pytest.mark.parametrize("line", SILENT)
def test_other_names_are_not_told(line):
    assert told(f"{HEAD}{line}\n") == []


@pytest.mark.parametrize(("line", "names"), TOLD.items())
def test_names_that_were_counted_are_told(line, names):
    assert told(f"{HEAD}{line}\n") == names
    assert told(f"from keras.layers import Dense\nDense(units=3)\n{line}\n") == []
