"""A file is written whole or not at all, and nothing else is."""

import pytest

from keras_inits.migrate.saved.atomic import replacing


def write(path, text, force=False, meanwhile=None):
    with replacing(path, force) as draft:
        draft.write_text(text)
        if meanwhile:
            meanwhile()


def test_what_was_written_is_there_and_nothing_else(tmp_path):
    with replacing(tmp_path / "a.keras") as draft:
        assert draft.name == "a.keras"
        draft.write_text("new")
        assert not (tmp_path / "a.keras").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.keras"]
    assert (tmp_path / "a.keras").read_text() == "new"


def test_a_failure_leaves_nothing(tmp_path):
    (tmp_path / "a.keras").write_text("old")
    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "a.keras", "half", force=True, meanwhile=lambda: 1 / 0)
    assert [path.name for path in tmp_path.iterdir()] == ["a.keras"]
    assert (tmp_path / "a.keras").read_text() == "old"


def test_a_file_that_is_there_is_replaced_only_on_demand(tmp_path):
    path = tmp_path / "a.keras"
    path.write_text("old")
    with pytest.raises(ValueError, match="--force"):
        write(path, "new")
    assert path.read_text() == "old"
    write(path, "new", force=True)
    assert path.read_text() == "new"


def test_a_file_that_came_meanwhile_stays(tmp_path):
    path = tmp_path / "a.keras"
    with pytest.raises(ValueError, match="--force"):
        write(path, "ours", meanwhile=lambda: path.write_text("theirs"))
    assert path.read_text() == "theirs"


@pytest.mark.parametrize("name", ["missing/a.keras", "."])
def test_where_no_file_can_be_it_is_said_before_the_work(name, tmp_path):
    with pytest.raises(ValueError, match="folder"):
        write(tmp_path / name, "", meanwhile=lambda: pytest.fail("entered"))
