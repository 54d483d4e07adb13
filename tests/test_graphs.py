"""Compiled draws: XLA keeps the law, and every operation has a kernel for GPUs."""

import pytest
import tensorflow as tf
from cases import ALL
from sampling_statistics import ERRORS, to_float64
from tensorflow.core.framework import types_pb2
from tensorflow.python.framework import kernels

import keras_inits as ki
from keras_inits.core.sampling import entries, householder

each = pytest.mark.parametrize("case", ALL, ids=str)


@each
def test_xla_compiles_and_keeps_the_law(case):
    initializer = case.make()
    compiled = tf.function(lambda: initializer(case.shape), jit_compile=True)
    sample = to_float64(compiled())
    mean, variance = initializer.mean(case.shape), initializer.variance(case.shape)
    assert sample.shape == case.shape
    # Dependent entries here are negatively correlated: their moments err less than these.
    deviations = (sample - mean) ** 2
    error = sample.std() / sample.size**0.5
    variance_error = deviations.std() / sample.size**0.5
    assert abs(sample.mean() - mean) <= ERRORS * error + 1e-6 * (abs(mean) + variance**0.5)
    assert abs(deviations.mean() - variance) <= ERRORS * variance_error + 1e-6 * (
        variance + mean**2
    )


def nodes(graph_definition):
    """Every node of a graph and of the functions in its library."""
    yield from graph_definition.node
    for function in graph_definition.library.function:
        yield from function.node_def


def has_kernel(node, device):
    """Whether a kernel is registered for the node's operation, types and device."""
    found = kernels.get_registered_kernels_for_op(node.op).kernel
    return any(
        kernel.device_type in (device, "DEFAULT")
        and all(
            not node.attr[rule.name].type
            or node.attr[rule.name].type in rule.allowed_values.list.type
            for rule in kernel.constraint
            if rule.name in node.attr
        )
        for kernel in found
    )


#: Operations of the graph itself, which no device runs.
STRUCTURAL = {
    "NoOp",
    "Placeholder",
    "PartitionedCall",
    "StatefulPartitionedCall",
    "_Retval",
    "_Arg",
}
PYTHON = {"PyFunc", "PyFuncStateless", "EagerPyFunc"}


@each
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16", "float64"])
def test_every_operation_has_a_gpu_kernel(case, dtype):
    initializer = case.make()
    traced = tf.function(lambda: initializer(case.shape, dtype=dtype)).get_concrete_function()
    missing = {
        (node.op, types_pb2.DataType.Name(node.attr["T"].type))
        for node in nodes(traced.graph.as_graph_def())
        if node.op not in STRUCTURAL and not has_kernel(node, "GPU")
    }
    assert not missing
    assert not {node.op for node in nodes(traced.graph.as_graph_def())} & PYTHON


def compiled_graphs():
    """The graphs that large eager draws run, once each has been used."""
    for dtype in ("float32", "bfloat16"):
        for name in ("xavier_uniform", "msra", "variance_scaled", "haar_orthogonal"):
            ki.get(name)((300, 300), dtype=dtype)
        for law in (entries._uniform, entries._truncated_normal):
            count = {entries._uniform: 4, entries._truncated_normal: 7}[law]
            yield entries._compiled(law, dtype, count)
        yield entries._compiled(entries._normal, dtype, 2)
    yield householder._looped("float32").get_concrete_function()


def test_the_graphs_of_large_eager_draws_have_gpu_kernels():
    for graph in compiled_graphs():
        found = list(nodes(graph.graph.as_graph_def()))
        assert len(found) > 3
        missing = {
            node.op for node in found if node.op not in STRUCTURAL and not has_kernel(node, "GPU")
        }
        assert not missing


def test_the_check_sees_an_operation_without_a_gpu_kernel():
    traced = tf.function(
        lambda: tf.random.experimental.stateless_shuffle(tf.range(4), seed=[1, 2])
    ).get_concrete_function()
    missing = [
        node.op for node in nodes(traced.graph.as_graph_def()) if not has_kernel(node, "GPU")
    ]
    assert missing


def test_the_wheel_registers_gpu_kernels():
    # A wheel without them would make the check above fail for every operation.
    found = kernels.get_registered_kernels_for_op("MatMul").kernel
    assert "GPU" in {kernel.device_type for kernel in found}
