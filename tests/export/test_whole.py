"""A file that is written whole or not at all."""

from pathlib import Path

import pytest

from sourcebook.errors import UsageError
from sourcebook.export.whole import written_whole


def test_what_is_complete_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("old")

    with written_whole(file) as part:
        part.write_text("new")
        assert file.read_text() == "old"

    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("old")

    with pytest.raises(KeyboardInterrupt), written_whole(file) as part:
        part.write_text("half")
        raise KeyboardInterrupt

    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_no_file_is_written_to_and_stays_what_it_is() -> None:
    with pytest.raises(UsageError, match="No space left"), written_whole(Path("/dev/full")) as part:
        part.write_text("all")

    assert Path("/dev/full").is_char_device()
    assert not Path("/dev/full.part").exists()
