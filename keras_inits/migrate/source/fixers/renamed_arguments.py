"""Arguments of Keras' functions and callbacks that were renamed, their meaning kept."""

from keras_inits.migrate.source.registry import fixer

#: Function -> old argument -> new one.
RENAMED = {
    "keras.utils.to_categorical": {"nb_classes": "num_classes"},
    "keras.utils.np_utils.to_categorical": {"nb_classes": "num_classes"},
    # Keras 3 takes any argument here, and ignores those that it does not know.
    "keras.callbacks.ReduceLROnPlateau": {"epsilon": "min_delta"},
}


@fixer("KI5")
def renamed_arguments(file):
    """Arguments of functions and callbacks.

    before: to_categorical(y, nb_classes=10)
            ReduceLROnPlateau(epsilon=1e-3)
    after:  to_categorical(y, num_classes=10)
            ReduceLROnPlateau(min_delta=1e-3)
    """
    if file.guess.era == "keras2":
        return
    for call in file.calls_of(RENAMED.keys()):
        names = RENAMED[call.qualified]
        for old in names.keys() & call.keywords.keys():
            yield call.keywords[old].renamed(names[old])
