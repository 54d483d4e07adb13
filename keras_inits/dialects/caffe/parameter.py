"""A Caffe FillerParameter as the initializer it asks for."""

import inspect

from keras_inits.core.checks import check_choice, is_integer
from keras_inits.dialects.caffe.fillers import (
    CaffeBilinear,
    CaffeConstant,
    CaffeGaussian,
    CaffeMsra,
    CaffePositiveUnitball,
    CaffeUniform,
    CaffeXavier,
)

__all__ = ["caffe_filler"]

#: Each filler type with the fields it reads; Caffe ignores the others.
FILLERS = {
    "bilinear": (CaffeBilinear, ()),
    "constant": (CaffeConstant, ("value",)),
    "gaussian": (CaffeGaussian, ("mean", "std", "sparse")),
    "msra": (CaffeMsra, ("variance_norm",)),
    "positive_unitball": (CaffePositiveUnitball, ()),
    "uniform": (CaffeUniform, ("min", "max")),
    "xavier": (CaffeXavier, ("variance_norm",)),
}
FIELDS = ("type", "value", "min", "max", "mean", "std", "sparse", "variance_norm")
VARIANCE_NORM_NUMBERS = ("FAN_IN", "FAN_OUT", "AVERAGE")


def caffe_filler(parameter, **arguments):
    """The initializer of a Caffe FillerParameter.

    Args:
        parameter: dict of the message's fields: `type` ("constant" if it is missing), and
            `value`, `min`, `max`, `mean`, `std`, `sparse`, `variance_norm` (FAN_IN, FAN_OUT,
            AVERAGE or their numbers 0, 1, 2). Fields the type does not read are ignored, as
            Caffe does.
        **arguments: the initializer's other arguments, such as `seed` or `axes`; fillers that
            draw nothing have no use for the one, and those without fans none for the other.

    Raises:
        ValueError: for an unknown type (naming the seven), an unknown field, and `sparse` with a
            type other than gaussian, which Caffe refuses.

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, GetFiller.
    """
    if not isinstance(parameter, dict):
        raise ValueError(f"caffe_filler needs a dict of a FillerParameter's fields: {parameter!r}.")
    unknown = sorted(set(parameter) - set(FIELDS))
    if unknown:
        raise ValueError(f"A FillerParameter has no {unknown}; its fields are {FIELDS}.")
    kind = check_choice("caffe_filler", "type", parameter.get("type", "constant"), FILLERS)
    cls, fields = FILLERS[kind]
    if "sparse" not in fields and parameter.get("sparse", -1) != -1:
        raise ValueError(f"Caffe's {kind!r} filler takes no sparse, got {parameter['sparse']!r}.")
    given = {field: parameter[field] for field in fields if field in parameter}
    if "variance_norm" in given:
        given["variance_norm"] = _variance_norm(given["variance_norm"])
    return cls(**given, **_of_use(cls, arguments))


def _of_use(cls, arguments):
    taken = inspect.signature(cls).parameters
    idle = {"seed", "axes"} - set(taken)
    return {name: value for name, value in arguments.items() if name not in idle}


def _variance_norm(value):
    if is_integer(value) and 0 <= value < len(VARIANCE_NORM_NUMBERS):
        value = VARIANCE_NORM_NUMBERS[value]
    return check_choice("caffe_filler", "variance_norm", value, VARIANCE_NORM_NUMBERS).lower()
