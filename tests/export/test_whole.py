"""A file that is written whole or not at all."""

import stat
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
    assert not list(Path("/dev").glob("*full*.part"))


def test_a_symbolic_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept" / "a.bib", tmp_path / "link.bib"
    kept.parent.mkdir()
    kept.write_text("old")
    link.symlink_to("kept/a.bib")

    with written_whole(link) as part:
        part.write_text("new")
        assert (part.parent, kept.read_text()) == (kept.parent, "old")

    assert link.readlink() == Path("kept/a.bib")
    assert kept.read_text() == "new"
    assert sorted(tmp_path.rglob("*")) == [kept.parent, kept, link]


def test_a_symbolic_link_to_nothing_has_its_target_made(tmp_path: Path) -> None:
    link = tmp_path / "link.bib"
    link.symlink_to("later.bib")

    with written_whole(link) as part:
        part.write_text("new")

    assert link.is_symlink()
    assert (tmp_path / "later.bib").read_text() == "new"


def test_a_symbolic_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "round.bib").symlink_to("round.bib")
    (tmp_path / "lost.bib").symlink_to("no/such/folder.bib")

    for name in ("round.bib", "lost.bib"):
        with pytest.raises(UsageError, match=name), written_whole(tmp_path / name) as part:
            part.write_text("new")
        assert (tmp_path / name).is_symlink()


def test_what_stands_beside_it_is_left_alone(tmp_path: Path) -> None:
    file, beside = tmp_path / "a.bib", tmp_path / "a.bib.part"
    beside.write_text("somebody's own")

    with written_whole(file) as one, written_whole(file) as other:
        one.write_text("one")
        other.write_text("other")
        assert len({one, other, beside}) == 3

    assert beside.read_text() == "somebody's own"
    assert file.read_text() == "one"  # the last to be complete
    assert sorted(tmp_path.iterdir()) == [file, beside]


def test_the_mode_is_that_of_the_file_that_was_there_or_of_any_new_one(tmp_path: Path) -> None:
    old, new, other = tmp_path / "old.bib", tmp_path / ("ü" * 120), tmp_path / "other"
    old.write_text("old")
    old.chmod(0o640)
    for file in (old, new):
        with written_whole(file) as part:
            part.write_text("new")
    other.touch()

    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == other.stat().st_mode
