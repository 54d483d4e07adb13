"""keras-inits caffe."""

from keras_inits.cli import main

NET = """layer { name: "ip[1]" type: "InnerProduct"
  inner_product_param { num_output: 3 weight_filler { type: "gaussian" std: 0.01 } } }"""


def test_each_layer_has_a_line_that_can_be_pasted(tmp_path, capsys):
    path = tmp_path / "net.prototxt"
    path.write_text(NET)
    assert main(["caffe", str(path)]) == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split() == ["layer", "type", "kernel", "bias", "note"]
    assert line.split() == ["ip[1]", "InnerProduct", "CaffeGaussian(std=0.01)", "CaffeConstant()"]


def test_a_file_that_is_none_is_one_line_on_stderr(tmp_path, capsys):
    assert main(["caffe", str(tmp_path / "missing.prototxt")]) == 2
    assert "missing.prototxt" in capsys.readouterr().err
