"""The constructors of Keras 0.1.0 to 1.2.2: every layer's arguments in order, by version.

Read off the `def __init__` of every release (keras/layers/*.py, keras/engine/topology.py). A line
with a version says what held from it on; one without continues the line above. No default stands
for None, and for two defaults that other tables know: `dim_ordering`, the version's; `activation`,
linear. Layers also took the keywords in `layers.BASE`.
"""

import ast
import re
from functools import cache
from typing import NamedTuple

from keras_inits.dialects.keras1.versions import at_least

#: Arguments that go together, in every release that has them.
GROUPS = {
    "<penalties>": "W_regularizer b_regularizer activity_regularizer W_constraint b_constraint",
    "<early>": "W_regularizer b_regularizer W_constraint b_constraint",
    "<gated>": "inner_init='orthogonal' activation='tanh' inner_activation='hard_sigmoid'",
    "<recurrent>": "W_regularizer U_regularizer b_regularizer dropout_W=0.0 dropout_U=0.0",
    "<input>": "weights truncate_gradient=-1 return_sequences=False input_dim input_length",
    "<split>": (
        "depthwise_regularizer pointwise_regularizer b_regularizer activity_regularizer "
        "depthwise_constraint pointwise_constraint b_constraint"
    ),
}

TABLE = """
Activation until 1.2.2
  0.1.0 activation target=0 beta=0.1
  0.3.1 activation
ActivityRegularization until 1.2.2
  0.1.2 l1=0.0 l2=0.0
AtrousConvolution1D until 1.2.2
  1.1.0 nb_filter filter_length init='uniform' activation weights border_mode='valid'
        subsample_length=1 atrous_rate=1 <penalties> bias=True
  1.1.2 nb_filter filter_length init='glorot_uniform' activation weights border_mode='valid'
        subsample_length=1 atrous_rate=1 <penalties> bias=True
AtrousConvolution2D until 1.2.2
  1.0.6 nb_filter nb_row nb_col init='glorot_uniform' activation weights border_mode='valid'
        subsample=(1,1) atrous_rate=(1,1) dim_ordering <penalties> bias=True
AveragePooling1D until 1.2.2
  0.3.1 pool_length=2 stride border_mode='valid'
AveragePooling2D until 1.2.2
  0.3.1 pool_size=(2,2) strides border_mode='valid' dim_ordering
AveragePooling3D until 1.2.2
  0.3.3 pool_size=(2,2,2) strides border_mode='valid' dim_ordering
BatchNormalization until 1.2.2
  0.1.0 input_shape epsilon=1e-06 mode=0 momentum=0.9 weights
  0.2.0 epsilon=1e-06 mode=0 momentum=0.9 weights
  0.3.2 epsilon=1e-06 mode=0 axis=-1 momentum=0.9 weights
  0.3.3 epsilon=1e-06 mode=0 axis=-1 momentum=0.9 weights beta_init='zero' gamma_init='one'
  1.0.7 epsilon=1e-06 mode=0 axis=-1 momentum=0.99 weights beta_init='zero' gamma_init='one'
  1.0.8 epsilon=1e-05 mode=0 axis=-1 momentum=0.99 weights beta_init='zero' gamma_init='one'
  1.1.0 epsilon=1e-05 mode=0 axis=-1 momentum=0.99 weights beta_init='zero' gamma_init='one'
        gamma_regularizer beta_regularizer
  1.2.0 epsilon=0.001 mode=0 axis=-1 momentum=0.99 weights beta_init='zero' gamma_init='one'
        gamma_regularizer beta_regularizer
Bidirectional until 1.2.2
  1.0.8 layer merge_mode='concat' weights
ConvLSTM2D until 1.2.2
  1.1.2 nb_filter nb_row nb_col init='glorot_uniform' inner_init='orthogonal' forget_bias_init='one'
        activation='tanh' inner_activation='hard_sigmoid' dim_ordering border_mode='valid'
        subsample=(1,1) <recurrent>
Convolution1D until 1.2.2
  0.1.0 nb_filter stack_size filter_length init='uniform' activation weights image_shape
        border_mode='valid' subsample_length=1 <early>
  0.1.2 input_dim nb_filter filter_length init='uniform' activation weights border_mode='valid'
        subsample_length=1 <penalties>
  0.2.0 nb_filter filter_length init='uniform' activation weights border_mode='valid'
        subsample_length=1 <penalties> input_dim input_length
  1.0.3 nb_filter filter_length init='uniform' activation weights border_mode='valid'
        subsample_length=1 <penalties> bias=True input_dim input_length
  1.1.2 nb_filter filter_length init='glorot_uniform' activation weights border_mode='valid'
        subsample_length=1 <penalties> bias=True input_dim input_length
Convolution2D until 1.2.2
  0.1.0 nb_filter stack_size nb_row nb_col init='glorot_uniform' activation weights image_shape
        border_mode='valid' subsample=(1,1) <early>
  0.1.2 nb_filter stack_size nb_row nb_col init='glorot_uniform' activation weights
        border_mode='valid' subsample=(1,1) <penalties>
  0.2.0 nb_filter nb_row nb_col init='glorot_uniform' activation weights border_mode='valid'
        subsample=(1,1) <penalties>
  0.3.0 nb_filter nb_row nb_col init='glorot_uniform' activation weights border_mode='valid'
        subsample=(1,1) dim_ordering <penalties>
  1.0.3 nb_filter nb_row nb_col init='glorot_uniform' activation weights border_mode='valid'
        subsample=(1,1) dim_ordering <penalties> bias=True
Convolution3D until 1.2.2
  0.3.3 nb_filter kernel_dim1 kernel_dim2 kernel_dim3 init='glorot_uniform' activation weights
        border_mode='valid' subsample=(1,1,1) dim_ordering <penalties>
  1.0.3 nb_filter kernel_dim1 kernel_dim2 kernel_dim3 init='glorot_uniform' activation weights
        border_mode='valid' subsample=(1,1,1) dim_ordering <penalties> bias=True
Cropping1D until 1.2.2
  1.0.8 cropping=(1,1)
Cropping2D until 1.2.2
  1.0.8 cropping=((0,0),(0,0)) dim_ordering
Cropping3D until 1.2.2
  1.0.8 cropping=((1,1),(1,1),(1,1)) dim_ordering
Deconvolution2D until 1.2.2
  1.0.7 nb_filter nb_row nb_col output_shape init='glorot_uniform' activation weights
        border_mode='valid' subsample=(1,1) dim_ordering <penalties> bias=True
DenoisingAutoEncoder until 0.1.1
  0.1.0 encoder decoder output_reconstruction=True tie_weights=False weights corruption_level=0.3
Dense until 1.2.2
  0.1.0 input_dim output_dim init='glorot_uniform' activation weights <early>
  0.1.2 input_dim output_dim init='glorot_uniform' activation weights name <penalties>
  0.2.0 output_dim init='glorot_uniform' activation weights <penalties> input_dim
  1.0.2 output_dim init='glorot_uniform' activation weights <penalties> input_dim bias=True
  1.0.3 output_dim init='glorot_uniform' activation weights <penalties> bias=True input_dim
Dropout until 1.2.2
  0.1.0 p
  1.2.1 p noise_shape seed
ELU until 1.2.2
  0.3.0 alpha=1.0
Embedding until 1.2.2
  0.1.0 input_dim output_dim init='uniform' weights W_regularizer W_constraint
  0.1.2 input_dim output_dim init='uniform' W_regularizer activity_regularizer W_constraint
        mask_zero=False weights
  0.2.0 input_dim output_dim init='uniform' input_length W_regularizer activity_regularizer
        W_constraint mask_zero=False weights
  0.3.3 input_dim output_dim init='uniform' input_length W_regularizer activity_regularizer
        W_constraint mask_zero=False weights dropout=0.0
Flatten until 1.2.2
  0.1.0
GRU until 1.2.2
  0.1.0 input_dim output_dim=128 init='glorot_uniform' inner_init='orthogonal' activation='sigmoid'
        inner_activation='hard_sigmoid' weights truncate_gradient=-1 return_sequences=False
  0.2.0 output_dim init='glorot_uniform' inner_init='orthogonal' activation='sigmoid'
        inner_activation='hard_sigmoid' <input>
  0.3.0 output_dim init='glorot_uniform' inner_init='orthogonal' activation='sigmoid'
        inner_activation='hard_sigmoid'
  0.3.3 output_dim init='glorot_uniform' <gated> <recurrent>
GaussianDropout until 1.2.2
  0.1.2 p
GaussianNoise until 1.2.2
  0.1.2 sigma
Highway until 1.2.2
  0.3.1 init='glorot_uniform' transform_bias=-2 activation weights <penalties> input_dim
  1.0.3 init='glorot_uniform' transform_bias=-2 activation weights <penalties> bias=True input_dim
  1.2.1 init='glorot_uniform' activation weights <penalties> bias=True input_dim
JZS1 until 0.2.0
  0.1.2 input_dim output_dim=128 init='glorot_uniform' inner_init='orthogonal' activation='tanh'
        inner_activation='sigmoid' weights truncate_gradient=-1 return_sequences=False
  0.2.0 output_dim init='glorot_uniform' inner_init='orthogonal' activation='tanh'
        inner_activation='sigmoid' <input>
JZS2 until 0.2.0
  0.1.2 input_dim output_dim=128 init='glorot_uniform' inner_init='orthogonal' activation='tanh'
        inner_activation='sigmoid' weights truncate_gradient=-1 return_sequences=False
  0.2.0 output_dim init='glorot_uniform' inner_init='orthogonal' activation='tanh'
        inner_activation='sigmoid' <input>
JZS3 until 0.2.0
  0.1.2 input_dim output_dim=128 init='glorot_uniform' inner_init='orthogonal' activation='tanh'
        inner_activation='sigmoid' weights truncate_gradient=-1 return_sequences=False
  0.2.0 output_dim init='glorot_uniform' inner_init='orthogonal' activation='tanh'
        inner_activation='sigmoid' <input>
LRN2D until 0.3.0
  0.1.2 alpha=0.0001 k=2 beta=0.75 n=5
LSTM until 1.2.2
  0.1.0 input_dim output_dim=128 init='glorot_uniform' <gated> weights truncate_gradient=-1
        return_sequences=False
  0.1.2 input_dim output_dim=128 init='glorot_uniform' inner_init='orthogonal'
        forget_bias_init='one' activation='tanh' inner_activation='hard_sigmoid' weights
        truncate_gradient=-1 return_sequences=False
  0.2.0 output_dim init='glorot_uniform' inner_init='orthogonal' forget_bias_init='one'
        activation='tanh' inner_activation='hard_sigmoid' <input>
  0.3.0 output_dim init='glorot_uniform' inner_init='orthogonal' forget_bias_init='one'
        activation='tanh' inner_activation='hard_sigmoid'
  0.3.3 output_dim init='glorot_uniform' inner_init='orthogonal' forget_bias_init='one'
        activation='tanh' inner_activation='hard_sigmoid' <recurrent>
Lambda until 1.2.2
  0.3.0 function output_shape
  0.3.3 function output_shape arguments
LeakyReLU until 1.2.2
  0.1.0 alpha=0.3
LocallyConnected1D until 1.2.2
  1.0.6 nb_filter filter_length init='uniform' activation weights border_mode='valid'
        subsample_length=1 <penalties> bias=True input_dim input_length
  1.1.2 nb_filter filter_length init='glorot_uniform' activation weights border_mode='valid'
        subsample_length=1 <penalties> bias=True input_dim input_length
LocallyConnected2D until 1.2.2
  1.0.6 nb_filter nb_row nb_col init='glorot_uniform' activation weights border_mode='valid'
        subsample=(1,1) dim_ordering <penalties> bias=True
Masking until 1.2.2
  0.1.3 mask_value=0.0
MaxPooling1D until 1.2.2
  0.1.0 pool_length=2 ignore_border=True
  0.1.2 pool_length=2 stride ignore_border=True
  0.3.0 pool_length=2 stride border_mode='valid'
MaxPooling2D until 1.2.2
  0.1.0 poolsize=(2,2) ignore_border=True
  0.1.2 poolsize=(2,2) stride ignore_border=True
  0.2.0 pool_size=(2,2) stride ignore_border=True
  0.3.0 pool_size=(2,2) strides border_mode='valid' dim_ordering
MaxPooling3D until 1.2.2
  0.3.3 pool_size=(2,2,2) strides border_mode='valid' dim_ordering
MaxoutDense until 1.2.2
  0.1.0 input_dim output_dim nb_feature=4 init='glorot_uniform' weights <early>
  0.1.2 input_dim output_dim nb_feature=4 init='glorot_uniform' weights <penalties>
  0.2.0 output_dim nb_feature=4 init='glorot_uniform' weights <penalties> input_dim
  1.0.3 output_dim nb_feature=4 init='glorot_uniform' weights <penalties> bias=True input_dim
Merge until 1.2.2
  0.1.0 models mode='sum'
  0.1.2 layers mode='sum'
  0.2.0 layers mode='sum' concat_axis=-1
  0.3.0 layers mode='sum' concat_axis=-1 dot_axes=-1
  1.0.0 layers mode='sum' concat_axis=-1 dot_axes=-1 output_shape node_indices tensor_indices name
  1.0.5 layers mode='sum' concat_axis=-1 dot_axes=-1 output_shape output_mask node_indices
        tensor_indices name
  1.1.2 layers mode='sum' concat_axis=-1 dot_axes=-1 output_shape output_mask arguments node_indices
        tensor_indices name
PReLU until 1.2.2
  0.1.0 input_shape
  0.1.3 input_shape init='zero' weights
  0.2.0 init='zero' weights
  1.2.0 init='zero' weights shared_axes
ParametricSoftplus until 1.2.2
  0.1.3 input_shape alpha_init=0.2 beta_init=5.0 weights
  0.2.0 alpha_init=0.2 beta_init=5.0 weights
  1.2.0 alpha_init=0.2 beta_init=5.0 weights shared_axes
Permute until 1.2.2
  0.1.3 dims
RepeatVector until 1.2.2
  0.1.0 n
Reshape until 1.2.2
  0.1.0 *
  0.2.0 dims
  1.0.0 target_shape
SReLU until 1.2.2
  0.3.3 t_left_init='zero' a_left_init='glorot_uniform' t_right_init='glorot_uniform'
        a_right_init='one'
  1.2.0 t_left_init='zero' a_left_init='glorot_uniform' t_right_init='glorot_uniform'
        a_right_init='one' shared_axes
SeparableConvolution2D until 1.2.2
  1.0.6 nb_filter nb_row nb_col init='glorot_uniform' activation weights border_mode='valid'
        subsample=(1,1) depth_multiplier=1 dim_ordering <split> bias=True
SimpleDeepRNN until 0.2.0
  0.1.0 input_dim output_dim depth=3 init='glorot_uniform' inner_init='orthogonal'
        activation='sigmoid' inner_activation='hard_sigmoid' weights truncate_gradient=-1
        return_sequences=False
  0.2.0 output_dim depth=3 init='glorot_uniform' inner_init='orthogonal' activation='sigmoid'
        inner_activation='hard_sigmoid' <input>
SimpleRNN until 1.2.2
  0.1.0 input_dim output_dim init='glorot_uniform' inner_init='orthogonal' activation='sigmoid'
        weights truncate_gradient=-1 return_sequences=False
  0.2.0 output_dim init='glorot_uniform' inner_init='orthogonal' activation='sigmoid' <input>
  0.3.0 output_dim init='glorot_uniform' inner_init='orthogonal' activation='sigmoid'
  0.3.3 output_dim init='glorot_uniform' inner_init='orthogonal' activation='tanh' <recurrent>
SpatialDropout1D until 1.2.2
  1.1.2 p
SpatialDropout2D until 1.2.2
  1.0.8 p dim_ordering
SpatialDropout3D until 1.2.2
  1.0.8 p dim_ordering
ThresholdedLinear until 0.3.3
  0.1.3 theta=1.0
ThresholdedReLU until 1.2.2
  0.2.0 theta=1.0
ThresholdedReLu until 0.1.3
  0.1.3 theta=1.0
TimeDistributed until 1.2.2
  0.3.3 layer
TimeDistributedDense until 1.2.2
  0.1.0 input_dim output_dim init='glorot_uniform' activation weights <early>
  0.1.2 input_dim output_dim init='glorot_uniform' activation weights <penalties>
  0.2.0 output_dim init='glorot_uniform' activation weights <penalties> input_dim input_length
  1.0.3 output_dim init='glorot_uniform' activation weights <penalties> bias=True input_dim
        input_length
TimeDistributedMerge until 0.3.3
  0.2.0 mode='sum'
UpSample1D until 0.2.0
  0.1.3 length=2
UpSample2D until 0.2.0
  0.1.3 size=(2,2)
UpSampling1D until 1.2.2
  0.3.0 length=2
UpSampling2D until 1.2.2
  0.3.0 size=(2,2) dim_ordering
UpSampling3D until 1.2.2
  0.3.3 size=(2,2,2) dim_ordering
WordContextProduct until 0.2.0
  0.1.0 input_dim proj_dim=128 init='uniform' activation='sigmoid' weights
ZeroPadding1D until 1.2.2
  0.2.0 padding=1
ZeroPadding2D until 1.2.2
  0.1.2 width=1
  0.1.3 pad=(1,1)
  0.2.0 padding=(1,1)
  0.3.0 padding=(1,1) dim_ordering
ZeroPadding3D until 1.2.2
  0.3.3 padding=(1,1,1) dim_ordering
"""


class Parameter(NamedTuple):
    """One argument of a constructor, with its default."""

    name: str
    default: object = None
    needed: bool = False


class Signature(NamedTuple):
    """The arguments of a layer from a version on, all names in order, those that it needs."""

    first: str
    parameters: tuple
    names: tuple
    needed: frozenset

    def default(self, name):
        """The default of an argument; None for one that is not there."""
        return next((found.default for found in self.parameters if found.name == name), None)


@cache
def signatures():
    """For each layer its signatures, oldest first, and the last version that had the layer."""
    found = {}
    for block in re.split(r"\n(?=\S)", TABLE.strip()):
        head, *lines = block.split("\n")
        name, last = head.split(" until ")
        found[name] = (tuple(_rows(lines)), last)
    return found


def _rows(lines):
    for row in re.split(r"\n(?=  \d)", "\n".join(lines)):
        version, *words = _ungrouped(row).split()
        parameters = tuple(_parameters(words))
        needed = frozenset(found.name for found in parameters if found.needed)
        yield Signature(version, parameters, tuple(found.name for found in parameters), needed)


def _parameters(words):
    before_defaults = True
    for word in words:
        name, has_default, default = word.partition("=")
        before_defaults &= not has_default
        value = ast.literal_eval(default) if has_default else None
        yield Parameter(name, value, before_defaults and name in NEEDED)


def _ungrouped(text):
    for group, words in GROUPS.items():
        text = text.replace(group, words)
    return text


#: Arguments that are numbers of units, inputs or taps.
SIZES = frozenset(
    [
        "input_dim",
        "output_dim",
        "nb_filter",
        "filter_length",
        "nb_row",
        "nb_col",
        "kernel_dim1",
        "kernel_dim2",
        "kernel_dim3",
        "stack_size",
    ]
)

#: Arguments that have no default where they stand before the first that has one.
NEEDED = SIZES | {"p", "sigma", "n", "dims", "target_shape", "layer", "function"}


@cache
def signature(layer, version):
    """The signature of a layer in a version, or None where the version had no such layer."""
    rows, last = signatures()[layer]
    held = [row for row in rows if at_least(version, row.first)]
    return held[-1] if held and at_least(last, version) else None
