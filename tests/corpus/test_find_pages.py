"""Which files are pages."""

import os

import pytest

from sourcebook import corpus
from sourcebook.config import CorpusSettings


def found(root, **settings):
    return [page.path for page in corpus.find_pages(root, CorpusSettings(**settings)).pages]


def write(root, *paths):
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")


def test_pages_of_every_format_are_found_in_order(tmp_path):
    write(tmp_path, "b.md", "a/c.mdx", "a/b/d.html", "e.htm", "f.markdown", "i.qmd", "j.Rmd", "K.MD")
    write(tmp_path, "g.txt", "h.md.bak")

    assert found(tmp_path) == ["K.MD", "a/b/d.html", "a/c.mdx", "b.md", "e.htm", "f.markdown", "i.qmd", "j.Rmd"]


def test_pages_in_a_language_that_nobody_reads_are_counted(tmp_path):
    write(tmp_path, "a.md", "b.rst", "c/d.RST", "e.org", "f.txt", "node_modules/g.rst", ".h/i.rst")

    assert corpus.find_pages(tmp_path, CorpusSettings()).languages == {"reStructuredText": 2, "Org": 1}


def test_a_page_knows_its_size_and_time(tmp_path):
    write(tmp_path, "a.md")

    (page,) = corpus.find_pages(tmp_path, CorpusSettings()).pages

    status = (tmp_path / "a.md").stat()
    assert (page.file, page.size_bytes, page.mtime_ns) == (tmp_path / "a.md", 1, status.st_mtime_ns)


def test_hidden_folders_libraries_and_packages_are_left_out(tmp_path):
    write(
        tmp_path, ".sourcebook/a.md", ".git/b.md", "node_modules/c.md", "d/node_modules/e.md", "d/.hidden/f.md", "g.md"
    )

    assert found(tmp_path) == ["g.md"]


def test_the_library_is_left_out_whatever_the_settings(tmp_path):
    write(tmp_path, ".sourcebook/a.md", ".well/b.md")

    assert found(tmp_path, exclude=()) == [".well/b.md"]


def test_patterns_choose(tmp_path):
    write(tmp_path, "a.md", "docs/b.md", "docs/drafts/c.md", "docs/drafts/d/e.md", "docs/x1.md", "docs/x12.md")

    assert found(tmp_path, include=("docs/**/*.md",), exclude=("**/drafts/**", "docs/x?.md")) == [
        "docs/b.md",
        "docs/x12.md",
    ]
    assert found(tmp_path, include=("*.md",)) == ["a.md"]


def test_an_excluded_folder_is_not_entered(tmp_path):
    write(tmp_path, "a.md", "big/b.md")
    (tmp_path / "big").chmod(0o000)
    try:
        assert found(tmp_path, exclude=("big/**",)) == ["a.md"]
    finally:
        (tmp_path / "big").chmod(0o755)


def test_links_in_a_circle_end(tmp_path):
    write(tmp_path, "a/b.md")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "gone.md")

    assert found(tmp_path) == ["a/b.md"]


def test_names_that_are_not_utf8_are_pages_too(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"b\xff.md")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")

    (page,) = corpus.find_pages(tmp_path, CorpusSettings()).pages

    assert page.path == "b\ufffd.md"
    assert page.file.read_text() == "x"


def test_a_folder_named_like_a_page_is_a_folder(tmp_path):
    write(tmp_path, "a.md/b.md")

    assert found(tmp_path) == ["a.md/b.md"]


def test_a_missing_or_empty_folder_has_no_pages(tmp_path):
    assert found(tmp_path) == []
    assert found(tmp_path / "gone") == []
