"""The regularizer of recurrent matrices, in the releases that took it from W_regularizer."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.regularizers import *\nfrom keras.layers import *\n"
LEFT = {
    "another layer": ("SimpleRNN(8, U_regularizer=a)", {}),
    "another release": ("LSTM(8, U_regularizer=a)", {"from_keras": "1.1.2"}),
    "one matrix": ("GRU(8, U_regularizer=a, consume_less='gpu')", {}),
    "fixed": ("LSTM(8, U_regularizer=a)", {"bugs": "fix"}),
}
TAKEN = {
    "LSTM(8, W_regularizer=l2(1), U_regularizer=a)": (
        "LSTM(8, kernel_regularizer=l2(1), recurrent_regularizer=l2(1)"
    ),
    "LSTM(8, W_regularizer=l1l2(l1=1, l2=2))": (
        "LSTM(8, kernel_regularizer=keras.regularizers.L1L2(l1=1, l2=2), "
    ),
    "GRU(8, W_regularizer=b)": "GRU(8, kernel_regularizer=b, recurrent_regularizer=b",
    "LSTM(8, U_regularizer=a)": "LSTM(8, recurrent_activation=",
}


def changed(text, **options):
    options = {"from_keras": "1.2.2", **options}
    new, findings = convert(HEAD + text, only=["KI2"], **options)
    assert convert(new, only=["KI2"])[0] == new
    return new.rpartition("layers import *\n")[2], [found.code for found in findings]


@pytest.mark.parametrize(("text", "options"), LEFT.values(), ids=LEFT)
def test_elsewhere_it_is_the_recurrent_one(text, options):
    new, codes = changed(text, **options)
    assert "recurrent_regularizer=a" in new
    assert "KI213" not in codes


@pytest.mark.parametrize(("before", "after"), TAKEN.items())
def test_it_is_that_of_the_kernel(before, after):
    new, codes = changed(before)
    assert "l1l2" not in new
    assert new.startswith(after)
    assert codes.count("KI213") == 1
