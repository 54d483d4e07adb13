"""`python -m benchmarks.migration`: how long a conversion takes, in parses of the same texts.

In the texts nearly every line changes; a file with more code beside its model costs less.
"""

import time

from benchmarks.runner import Budget, alternate, keep_heap, times_as_fast
from keras_inits.migrate.source import convert
from keras_inits.migrate.source.tree import parse

NETWORK = """\
from __future__ import print_function
import numpy as np
from keras.models import Sequential
from keras.layers.core import Dense, Dropout, Activation, Flatten
from keras.layers.convolutional import Convolution2D, MaxPooling2D
from keras.optimizers import SGD
from keras.utils import np_utils


def load(path, count={count}):
    # One row is one image, its class stands first.
    rows = np.loadtxt(path, delimiter=',')[:count]
    images = rows[:, 1:].reshape(-1, 3, 32, 32) / 255.
    return images, np_utils.to_categorical(rows[:, 0], 10)


images, classes = load('train.csv')
mean, deviation = images.mean(axis=0), images.std(axis=0)
images = (images - mean) / (deviation + 1e-7)
model = Sequential()
model.add(Convolution2D({width}, 3, 3, border_mode='same', init='he_normal',
                        input_shape=(3, 32, 32)))
model.add(Activation('relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(512, init='glorot_normal', W_regularizer='l2'))
model.add(Activation('relu'))
model.add(Dense(10))
model.add(Activation('softmax'))
model.compile(loss='categorical_crossentropy', optimizer=SGD(lr=0.01, decay=1e-6, momentum=0.9))
history = model.fit(images, classes, batch_size=32, nb_epoch={count}, show_accuracy=True)
for epoch, loss in enumerate(history.history['loss']):
    print('epoch', epoch, 'loss', round(loss, 4))
guessed = model.predict(images).argmax(axis=-1)
wrong = [(row, guess) for row, guess in enumerate(guessed) if classes[row, guess] == 0]
print(len(wrong), 'of', len(images), 'images are taken for something else')
"""
SEQUENCES = """\
'''Sentences to one of two classes.'''
from keras.models import Model
from keras.layers import Input, Embedding, LSTM, Dense, merge

words = Input(shape=({count},), dtype='int32')
read = Embedding(20000, {width}, dropout=0.2)(words)
there = LSTM(64, init='orthogonal', consume_less='gpu')(read)
back = LSTM(64, go_backwards=True, forget_bias_init='one')(read)
both = merge([there, back], mode='concat', concat_axis=-1)
model = Model(input=words, output=Dense(1, activation='sigmoid')(both))
model.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
"""
TEXTS = [
    program.format(count=count, width=width)
    for program in (NETWORK, SEQUENCES)
    for count, width in ((20, 32), (40, 64), (80, 128))
]

PARSE, CONVERT = "parse", "convert"
BUDGET = Budget(least=20, most=200, seconds=3.0)


def sides():
    """The calls to time, by side; the seed makes nothing ready here."""
    data = [text.encode() for text in TEXTS]
    calls = {
        PARSE: lambda: [parse(one) for one in data],
        CONVERT: lambda: [convert(text) for text in TEXTS],
    }
    return {name: lambda seed, call=call: call for name, call in calls.items()}


def check(side, results):
    """Every text parses, and every one becomes another."""
    if side == PARSE:
        assert not any(tree.root_node.has_error for tree in results)
    else:
        assert all(new != text for (new, _), text in zip(results, TEXTS, strict=True))


def measured(budget=BUDGET):
    """How many parses one conversion takes, in processor time: the spread over the rounds."""
    made = sides()
    for make in made.values():
        make(0)()
    keep_heap()
    return times_as_fast(alternate(made, budget, check, time.process_time), CONVERT, PARSE)


if __name__ == "__main__":
    found = measured()
    print(
        f"A conversion takes {found.median:.1f} parses of the same text "
        f"({found.low:.1f} to {found.high:.1f}, {found.count} rounds)."
    )
