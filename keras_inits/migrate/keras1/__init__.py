"""Keras 0.1.0 to 1.2.2 as data: its layers' arguments, their Keras 3 names, and how they start.

Importing it registers the functions of Keras 1 that Keras 3 lacks, under their strings.
"""

from keras_inits.migrate.keras1 import activations as activations
