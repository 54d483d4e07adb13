"""Where Keras 3, or this package, has what Keras 1 had elsewhere: names by their dotted path."""

from functools import cache

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.keras3 import exists

_LAYERS = (
    *("core", "convolutional", "recurrent", "normalization", "embeddings", "wrappers", "noise"),
    *("advanced_activations", "pooling", "local", "merge", "convolutional_recurrent"),
)
_ENGINES = ("keras.engine", "keras.engine.topology")
#: Modules whose names are all in another one now.
MODULES = {
    **{f"keras.layers.{name}": "keras.layers" for name in _LAYERS},
    **dict.fromkeys((*_ENGINES, "keras.engine.base_layer"), "keras.layers"),
    "keras.engine.training": "keras.models",
    "keras.objectives": "keras.losses",
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.data_utils": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.utils.layer_utils": "keras.utils",
    "keras.utils.visualize_util": "keras.utils",
    "keras.utils.vis_utils": "keras.utils",
    "keras.datasets.data_utils": "keras.utils",
    "keras.backend.tensorflow_backend": "keras.backend",
    "keras.backend.theano_backend": "keras.backend",
}
_PREPROCESSING = "keras.src.legacy.preprocessing"
#: The release since which the wrappers for scikit-learn have been given a function.
BUILD_FUNCTION_SINCE = "0.3.3"
OWN_ROOM = "keras_inits.migrate.keras1"
#: What Keras 1 had and Keras 3 lacks, as this package has it.
OWN = {
    "keras.objectives.cosine_proximity": f"{OWN_ROOM}.functions.keras1_cosine_proximity",
    **{
        f"keras.wrappers.scikit_learn.{name}": f"{OWN_ROOM}.scikit_learn.{name}"
        for name in ("KerasClassifier", "KerasRegressor")
    },
    **{
        f"{room}.{name}": f"{OWN_ROOM}.functions.{name}"
        for room, names in (
            ("keras.models", ("slice_X",)),
            ("keras.engine.training", ("slice_X",)),
            (
                "keras.utils.np_utils",
                ("accuracy", "probas_to_classes", "categorical_probas_to_classes"),
            ),
        )
        for name in names
    },
    **{
        f"{room}.{name}": f"{table.OURS}.{name}"
        for room in ("keras.layers", *(f"keras.layers.{name}" for name in _LAYERS))
        for name in table.PROVIDED
    },
}
#: Modules that others had under their own name, since they imported them.
_SEEN_THROUGH = ("activations", "initializations", "regularizers", "constraints", "backend")
OPTIMIZERS = ("SGD", "RMSprop", "Adagrad", "Adadelta", "Adam", "Adamax", "Nadam")
_LOSSES = {
    **dict.fromkeys(("mse", "MSE"), "mean_squared_error"),
    **dict.fromkeys(("mae", "MAE"), "mean_absolute_error"),
    **dict.fromkeys(("mape", "MAPE"), "mean_absolute_percentage_error"),
    **dict.fromkeys(("msle", "MSLE"), "mean_squared_logarithmic_error"),
    **dict.fromkeys(("kld", "KLD", "kullback_leibler_divergence"), "kl_divergence"),
}
#: What the images' module of Keras 3's legacy code has.
_OF_IMAGES = (
    *("ImageDataGenerator", "Iterator", "NumpyArrayIterator", "DirectoryIterator"),
    *("random_rotation", "random_shift", "random_shear", "random_zoom", "random_channel_shift"),
    *("transform_matrix_offset_center", "flip_axis"),
)
#: Single names that have another one now.
NAMES = {
    **{
        f"{room}.{name}": f"keras.{name}"
        for room in (
            "keras.engine",
            "keras.engine.topology",
            "keras.layers",
            *(f"keras.layers.{n}" for n in _LAYERS),
        )
        for name in _SEEN_THROUGH
    },
    **dict.fromkeys(
        ("keras.layers.core.MaskedLayer", "keras.layers.MaskedLayer"), "keras.layers.Layer"
    ),
    "keras.utils.layer_utils.layer_from_config": "keras.layers.deserialize",
    "keras.utils.visualize_util.plot": "keras.utils.plot_model",
    "keras.utils.visualize_util.to_graph": "keras.utils.model_to_dot",
    "keras.utils.visualize_util.model_to_dot": "keras.utils.model_to_dot",
    "keras.utils.dot_utils.Grapher": None,
    **dict.fromkeys(("keras.layers.merge", "keras.engine.merge", "keras.engine.topology.merge")),
    "keras.engine.Model": "keras.models.Model",
    "keras.engine.topology.get_source_inputs": "keras.utils.get_source_inputs",
    "keras.engine.get_source_inputs": "keras.utils.get_source_inputs",
    "keras.engine.training.Model": "keras.models.Model",
    "keras.engine.topology.Container": "keras.models.Model",
    "keras.losses.cosine_proximity": "keras.losses.cosine_similarity",
    **{
        f"keras.{room}.{old}": f"keras.{now}.{new}"
        for room, now in (("objectives", "losses"), ("metrics", "metrics"))
        for old, new in _LOSSES.items()
    },
    "keras.backend.set_image_dim_ordering": "keras.backend.set_image_data_format",
    "keras.backend.image_dim_ordering": "keras.backend.image_data_format",
    **{f"keras.optimizers.{name.lower()}": f"keras.optimizers.{name}" for name in OPTIMIZERS},
    **{f"{room}.K": "keras.backend" for room in ("keras.layers", "keras.layers.core")},
    "keras.constraints.maxnorm": "keras.constraints.max_norm",
    "keras.constraints.nonneg": "keras.constraints.non_neg",
    "keras.constraints.unitnorm": "keras.constraints.unit_norm",
    **{
        f"keras.preprocessing.image.{name}": f"{_PREPROCESSING}.image.{name}" for name in _OF_IMAGES
    },
    **{
        f"keras.preprocessing.text.{name}": f"{_PREPROCESSING}.text.{name}"
        for name in ("Tokenizer", "one_hot", "text_to_word_sequence", "hashing_trick")
    },
    **{
        f"keras.preprocessing.sequence.{name}": f"{_PREPROCESSING}.sequence.{name}"
        for name in ("skipgrams", "make_sampling_table", "TimeseriesGenerator")
    },
    "keras.preprocessing.text": f"{_PREPROCESSING}.text",
}
#: What to do about names that are gone.
ADVICE = {
    "keras.models.Graph": "build the model with keras.Model(inputs=, outputs=)",
    "keras.models.slice_X": "slice the arrays with [start:stop]",
    "keras.engine.training.slice_X": "slice the arrays with [start:stop]",
    "keras.engine.training.collect_trainable_weights": "use model.trainable_weights",
    "keras.wrappers.scikit_learn": "use keras.wrappers.SKLearnClassifier(model=...)",
    "keras.utils.np_utils.accuracy": "use numpy.mean(a == b)",
    "keras.utils.np_utils.probas_to_classes": "use numpy.argmax(probabilities, axis=-1)",
    "keras.utils.np_utils.categorical_probas_to_classes": "use numpy.argmax(p, axis=1)",
    "keras.backend.tensorflow_backend.set_session": "TensorFlow 2 has no sessions",
    "keras.models.model_from_config": "use keras.Model.from_config",
    "keras.models.model_from_yaml": "use keras_inits.migrate.saved.load",
    "keras.utils.io_utils.HDF5Matrix": "use h5py.File(path)[name]",
}


@cache
def moved(dotted):
    """The Keras 3 name for one of Keras 1: itself where it stays, None where it is gone."""
    if dotted in NAMES:
        return NAMES[dotted]
    room, _, name = dotted.rpartition(".")
    for candidate in (dotted, f"{MODULES.get(room, room)}.{name}", MODULES.get(dotted)):
        if candidate and (exists(candidate) or candidate in MODULES.values()):
            return candidate
    old_layer = MODULES.get(room, room) == "keras.layers" and table.canonical(name)
    if old_layer and table.KERAS3_CLASS.get(old_layer):
        return f"keras.layers.{name}"
    return None


def moved_in(file, dotted):
    """As `moved`, and what this package has, where the file may depend on it."""
    new = OWN.get(dotted)
    if new is None or file.options.no_dependency:
        return moved(dotted)
    early = ".scikit_learn." in dotted and not at_least(file.guess.version, BUILD_FUNCTION_SINCE)
    return moved(dotted) if early else new
