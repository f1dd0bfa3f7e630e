"""What a template of a wiki stands for: the work that it cites, its words, or a reference. Pure.

Wikis name the parameters of their citation templates in their own languages; what they share is that there is a title
and an address. So a template is known by what it holds, not by a list of names.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from sourcebook.corpus.claims import tidy
from sourcebook.corpus.wiki_pairs import Pairs
from sourcebook.patterns import pattern

SHORT = frozenset({"sfn", "sfnp", "sfnm", "harvnb", "harv", "harvp", "harvtxt"})  # author and year, work elsewhere
NOTES = frozenset({"refn", "efn", "efn-ua", "efn-lr", "#tag:ref"})  # a reference with its words inside
_TITLES = ("title", "titel", "titre", "título", "titulo", "titolo", "tytuł", "заглавие", "chapter", "script-title")
_ADDRESSES = ("url", "chapter-url", "chapterurl", "contribution-url", "article-url", "online", "lire en ligne", "1")
_IDENTIFIERS = ("doi", "arxiv", "eprint", "pmid", "pmc", "isbn")
_ONE_NUMBER = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmc": "pmc", "isbn": "isbn"}  # {{doi|10.1000/182}}
_LISTS = {"url": "url", "official website": "url", "official url": "url"}  # {{URL|example.org|words}}
_AUTHORS = [f"{key}{number}" for number in ("", 1, 2, 3, 4) for key in ("last", "surname", "author")]
_SCHEMES = {"eprint": "arxiv:", "pmc": "pmcid:PMC"}
_WEB = pattern(r"https?://\S+\Z", re.IGNORECASE)
_HOST = pattern(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?\Z")
_MOST_BYTES = 2_000  # of a value: what is longer is no address, title or name
_SIGN = pattern(rb"\{\{|\[\[|<ref|<!--|<nowiki|\|", re.IGNORECASE)
_NAME = pattern(rb"[^=\[\]{}<>|]{1,100}=")
_MARKUP = pattern(r"'{2,5}|<!--.*?-->|<[^<>]{1,200}>|\[\[(?:[^\[\]|]*\|)?|\]\]|\{\{|\}\}", re.DOTALL)
_NESTED = pattern(r"\{\{[^{}|]*((?:\|[^{}|]*)*)\}\}")
_YEAR = pattern(r"\b\d{4}[a-z]?\b")


class Parameter(NamedTuple):
    """One parameter of a template: its name, "1" and on where it has none, and where its value stands."""

    name: str
    start: int  # of the parameter
    inside: int  # of its value
    end: int
    is_named: bool


class Template(NamedTuple):
    """A template as it stands in a page."""

    name: str  # in lower case
    parameters: list[Parameter]
    values: dict[str, str]  # without markup

    @property
    def unnamed(self) -> list[Parameter]:
        """Those without a name, in order: what most templates put into the text."""
        return [one for one in self.parameters if not one.is_named]


class Work(NamedTuple):
    """What a template cites: the address or the identifier of a work, and its title."""

    target: str
    title: str


def read_template(data: bytes, start: int, pairs: Pairs) -> Template:
    """The template that begins at a byte offset where a pair begins."""
    end = pairs.ends[start]
    bars = list(_bars(data, start + 2, end, pairs))
    name = plain(data[start + 2 : bars[0] if bars else end]).replace("_", " ").lower()
    parameters: list[Parameter] = []
    if name.startswith("#tag:ref"):
        name = "#tag:ref"
    for first, last in zip(bars, [*bars[1:], end], strict=False):
        named = _NAME.match(data, first + 1, last)
        key = plain(named[0][:-1]).lower() if named else str(1 + sum(not one.is_named for one in parameters))
        parameters.append(Parameter(key, first, named.end() if named else first + 1, last, named is not None))
    values = {one.name: plain(data[one.inside : min(one.end, one.inside + _MOST_BYTES)]) for one in parameters}
    return Template(name, parameters, values)


def _bars(data: bytes, start: int, end: int, pairs: Pairs) -> Iterator[int]:
    """The bars that part a template's own parameters."""
    at = start
    while (sign := _SIGN.search(data, at, end)) is not None:
        at = sign.end()
        if sign[0] == b"|":
            yield sign.start()
        else:
            at = max(at, pairs.skipped.get(sign.start(), 0), pairs.ends.get(sign.start(), 0))


def plain(raw: bytes) -> str:
    """A value without markup."""
    words = _NESTED.sub(_shown, raw.decode("utf-8", "replace"))
    return tidy(html.unescape(_MARKUP.sub("", words)))


def _shown(nested: re.Match[str]) -> str:
    """What a template within a value shows: its last value without a name. `{{dead link|date=2020}}` shows nothing."""
    return next((value for value in reversed(nested[1].split("|")) if value and "=" not in value), "")


def cited(template: Template) -> Work | None:
    """The work that a template cites; None when it cites none that can be found."""
    values = template.values
    if template.name in _LISTS:
        address = values.get("1", "")
        web = address if _WEB.match(address) else f"http://{address}" if _HOST.match(address) else ""
        return Work(web, values.get("2", "") or address) if web else None
    if (scheme := _ONE_NUMBER.get(template.name)) and (number := values.get("1", "")):
        return Work(_identifier(scheme, number), f"{scheme}:{number}")
    title = next((values[name] for name in _TITLES if values.get(name)), "")
    if not title:
        return None
    target = _address(values)
    return Work(target, title) if target else None


def _address(values: dict[str, str]) -> str:
    """Where the work is: its address, an identifier, any other address, a copy of it, in this order."""
    for name in _ADDRESSES:
        if _WEB.match(values.get(name, "")):
            return values[name]
    for name in _IDENTIFIERS:
        if values.get(name):
            return _identifier(name, values[name])
    others = {name: value for name, value in values.items() if _WEB.match(value)}
    copies = {name for name in others if "archiv" in name}
    return next((others[name] for name in (*(others.keys() - copies), *sorted(copies))), "")


def _identifier(name: str, number: str) -> str:
    number = number.upper().removeprefix("PMC") if name == "pmc" else number
    return _SCHEMES.get(name, f"{name}:") + number


def short_key(template: Template) -> str:
    """What `{{sfn|Smith|Jones|2020}}` and the work that it means have in common: "smith jones 2020"."""
    values = template.values
    if template.name in SHORT:
        words = [values[str(number)] for number in range(1, 6) if values.get(str(number))]
        return " ".join(words).lower()
    year = _YEAR.search(values.get("year", "") or values.get("date", ""))
    names = dict.fromkeys(values[name] for name in _AUTHORS if values.get(name))
    return " ".join([*names, year[0]]).lower() if names and year else ""
