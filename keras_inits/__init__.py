"""Every weight initializer that any framework or paper ever had, exact, as one string in Keras."""

from importlib import import_module as _import_module

from keras_inits import late_names as _late_names
from keras_inits.core import describe as _describe
from keras_inits.core import gains, registry
from keras_inits.core.describe import *
from keras_inits.core.gains import *
from keras_inits.core.registry import *
from keras_inits.dialects import caffe, folklore, keras1, nielsen, theano
from keras_inits.dialects.caffe import *
from keras_inits.dialects.folklore import *
from keras_inits.dialects.keras1 import *
from keras_inits.dialects.nielsen import *
from keras_inits.dialects.theano import *
from keras_inits.schemes import identity, orthogonal, per_gate, scaling, tfp
from keras_inits.schemes.identity import *
from keras_inits.schemes.orthogonal import *
from keras_inits.schemes.per_gate import *
from keras_inits.schemes.scaling import *
from keras_inits.schemes.tfp import *
from keras_inits.version import __version__ as __version__

_ROOMS = (
    *(_describe, gains, registry),
    *(caffe, folklore, keras1, nielsen, theano),
    *(identity, orthogonal, per_gate, scaling, tfp),
)

__all__ = sorted(name for room in _ROOMS for name in room.__all__)

_late_names.register()


def __getattr__(name):
    """The room `migrate`, imported at its first use."""
    if name != "migrate":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _import_module(f"{__name__}.{name}")
