"""Modes of execution: numbers can be had of a tensor only outside of graphs."""

import contextlib

import keras


def eagerly():
    """A context in which operations run at once, even while somebody traces a graph.

    Keras' layers build inside of graphs when they are first called by `fit`, and some rebuild
    their initializers then.
    """
    if keras.backend.backend() != "tensorflow":
        return contextlib.nullcontext()
    import tensorflow as tf

    return tf.init_scope()
