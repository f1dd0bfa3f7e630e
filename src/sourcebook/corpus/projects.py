"""What the settings of a site or a book say of its bibliographies: Quarto, bookdown, MyST, Sphinx… Pure."""

import re
from typing import Any

from sourcebook.corpus.bibliography import Flaw
from sourcebook.corpus.csl import yaml_of
from sourcebook.patterns import pattern

# By the name of the file: where in it the names of bibliographies stand.
_PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "_quarto.yml": (("bibliography",),),
    "_quarto.yaml": (("bibliography",),),
    "_metadata.yml": (("bibliography",),),
    "_bookdown.yml": (("bibliography",),),
    "myst.yml": (("project", "bibliography"),),
    "_config.yml": (("bibtex_bibfiles",), ("sphinx", "config", "bibtex_bibfiles")),
}
_SPHINX = "conf.py"
_SPHINX_FILES = pattern(r"^bibtex_bibfiles\s*=\s*\[([^\]]*)\]", re.MULTILINE)
_QUOTED = pattern(r"[\"']([^\"'\n]+)[\"']")
FRONT_PAGES = frozenset({"index.Rmd", "index.qmd"})  # a book's settings may stand in the front matter of its first page
FILES = frozenset({*_PLACES, _SPHINX})


def named_in(file: str, text: str, name: str) -> tuple[tuple[str, ...], list[Flaw]]:
    """The bibliographies that a file of settings names, and why it could not be read. `name` is how people call it."""
    if file == _SPHINX:
        found = _SPHINX_FILES.search(text)
        return tuple(_QUOTED.findall(found[1])) if found else (), []
    said, flaws = yaml_of(text, name)
    for place in _PLACES[file]:
        if names := names_of(_at(said, place)):
            return names, flaws
    return (), flaws


def names_of(said: Any) -> tuple[str, ...]:
    """Names of files as settings and front matter have them: one, several, or several by topic."""
    if isinstance(said, str):
        return (said.strip(),) if said.strip() and said.isprintable() else ()
    if isinstance(said, dict):
        said = list(said.values())
    if isinstance(said, list):
        return tuple(name for one in said if isinstance(one, str | list) for name in names_of(one))
    return ()


def _at(said: Any, place: tuple[str, ...]) -> Any:
    for name in place:
        said = said.get(name) if isinstance(said, dict) else None
    return said
