"""The notebook's cells run, one after the other, over the demo's library; and nothing is loaded that is not needed."""

import contextlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sourcebook import pipeline, wiring
from sourcebook.place import place_of, read_config

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the demo's pages, with its library."""
    pages = shutil.copytree(EXAMPLES / "open-and-closed-models", tmp_path / "open-and-closed-models")
    place = place_of(pages, None)
    books = wiring.open_library(
        place, read_config(place, {}, engine__workers=1).config, wiring.Sources(archive=EXAMPLES / "demo.wacz")
    )
    try:
        pipeline.build(books)
    finally:
        books.close()
    return tmp_path


def test_every_cell_of_the_notebook_runs_and_prints(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((EXAMPLES / "reading-a-library.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    for cell in cells:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(cell, "reading-a-library.ipynb", "exec"), names)

        assert printed.getvalue().strip(), cell
    assert len(cells) == 5
    assert not any(cell.get("outputs") for cell in notebook["cells"])


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, sourcebook; print(sorted(name for name in sys.modules if name.startswith('sourcebook')))"
    heavy = (
        "import sys, sourcebook; print({'sqlalchemy', 'msgspec', 'lxml', 'aiohttp', 'starlette'} & set(sys.modules))"
    )

    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "['sourcebook']"
    assert subprocess.check_output([sys.executable, "-c", heavy], text=True).strip() == "set()"


def test_a_folder_without_a_library_is_said_in_words(tmp_path: Path) -> None:
    program = "import sys, sourcebook; sourcebook.open_library(sys.argv[1])"
    ran = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False)

    assert "UsageError: no library" in ran.stderr
