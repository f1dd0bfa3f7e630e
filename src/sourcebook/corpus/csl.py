"""CSL items, as reference managers export them (JSON) and pandoc has them in front matter (YAML). Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from sourcebook.corpus.bibliography import Flaw
from sourcebook.corpus.entries import Entry, Person, Said, entry, iso_date
from sourcebook.corpus.whole_yaml import UnreadableYamlError, whole_values
from sourcebook.patterns import pattern

_MOST_PEOPLE = 500
_FIELDS = {
    "DOI": "doi",
    "URL": "url",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "ISBN": "isbn",
    "note": "note",
    "number": "number",
}
_TAG = pattern(r"</?(?:i|b|em|strong|sup|sub|span)\b[^>]*>")
_SAVE = "save it again from the program that wrote it"


def read_json(text: str, name: str) -> tuple[dict[str, Entry], list[Flaw]]:
    """Every item of a CSL JSON file by its key, and what could not be read."""
    import json  # noqa: PLC0415 - few pages need it, and nothing else of a scan does

    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        return {}, [Flaw(name, error.lineno, f"it is no JSON: {error.msg}", _SAVE)]
    except RecursionError:
        return {}, [Flaw(name, 0, "it is nested too deeply", _SAVE)]
    return _read(said, name)


def read_yaml(text: str, name: str) -> tuple[dict[str, Entry], list[Flaw]]:
    """The same for CSL YAML: a list, or a list under `references`."""
    said, flaws = yaml_of(text, name)
    return _read(said, name) if not flaws else ({}, flaws)


def yaml_of(text: str, name: str) -> tuple[Any, list[Flaw]]:
    """The first document of a YAML file, every scalar as it is written; None with a flaw where there is none."""
    try:
        return whole_values(text), []
    except UnreadableYamlError as error:
        return None, [Flaw(name, error.line + 1, f"it is no YAML: {error}", "mend the line")]


def items(said: Any, name: str) -> dict[str, Entry]:
    """The entries of a list of CSL items; what has no key is left out."""
    entries: dict[str, Entry] = {}
    for item in said if isinstance(said, list) else ():
        if isinstance(item, dict) and (key := _text(item.get("id") or item.get("citation-key"))):
            for each in (key, _text(item.get("citation-key"))):
                if each:
                    entries.setdefault(each, entry(each, _said(item), name))
    return entries


def _read(said: Any, name: str) -> tuple[dict[str, Entry], list[Flaw]]:
    if isinstance(said, dict):
        said = said.get("references", said.get("items"))
    if not isinstance(said, list):
        return {}, [Flaw(name, 0, "it holds no list of works", "export it as CSL JSON, CSL YAML or BibTeX")]
    return items(said, name), []


def _said(item: dict[str, Any]) -> Said:
    people = item.get("author") or item.get("editor") or item.get("director") or ()
    fields = {ours: _text(item.get(theirs)) for theirs, ours in _FIELDS.items()}
    fields["eprint"] = _text(item.get("archive_location")) if _text(item.get("archive")).lower() == "arxiv" else ""
    return Said(
        title=_text(item.get("title")),
        type=_text(item.get("type")).lower(),
        people=tuple(_people(people if isinstance(people, list) else ())),
        published=_date(item.get("issued")),
        container=_text(item.get("container-title")),
        fields={name: value for name, value in fields.items() if value},
    )


def _people(said: Iterable[Any]) -> Iterator[Person]:
    for one in list(said)[:_MOST_PEOPLE]:
        if isinstance(one, str):
            yield Person(one)
        elif isinstance(one, dict):
            family = " ".join(filter(None, (_text(one.get("non-dropping-particle")), _text(one.get("family")))))
            person = Person(family or _text(one.get("literal")), _text(one.get("given")) if family else "")
            if person.name:
                yield person


def _date(said: Any) -> str:
    if isinstance(said, list):
        said = said[0] if said else ""
    if not isinstance(said, dict):
        return iso_date(_text(said))
    parts = said.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = parts[0]
    else:
        numbers = [said.get(name) for name in ("year", "month", "day")]
        if not numbers[0]:
            return iso_date(_text(said.get("raw") or said.get("literal")))
    words = [_text(number) for number in numbers[:3] if number]
    if not words or not all(word.isdecimal() for word in words):
        return ""
    return "-".join([f"{int(words[0]):04}", *(f"{int(word):02}" for word in words[1:])])


def _text(said: Any) -> str:
    """A scalar as words; JSON has numbers where YAML, as we read it, has none."""
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        return ""
    return " ".join(_TAG.sub("", str(said)).split())
