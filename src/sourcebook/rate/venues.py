"""Venues: ours from venues.toml, the user's on top, and the one that an address belongs to."""

import functools
import hashlib
import importlib.resources
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from sourcebook import ids
from sourcebook.errors import UsageError
from sourcebook.rate.entries import TYPES, read_entry, slug
from sourcebook.types.ratings import Venue
from sourcebook.types.sources import SourceType

__all__ = ["TYPES", "Venues", "load_venues"]

_WORD = re.compile(r"\w+")
_Rules = dict[str, list[tuple[str, str]]]  # host: (path, venue id), the longest path first


class _Ours(Struct, frozen=True):
    venues: dict[str, Venue]
    rules: _Rules
    digest: str


class Venues:
    """The venues that are known. Make one with `load_venues`."""

    def __init__(self, venues: Mapping[str, Venue], rules: Sequence[_Rules], fingerprint: str) -> None:
        self._venues = dict(venues)
        self._rules = tuple(rules)  # the user's before ours
        self.fingerprint = fingerprint  # of everything that decides a match or a rating

    def match(self, url: str) -> Venue | None:
        """The venue of an address: by the most specific rule of the user's, else of ours. A copy in a web archive
        belongs to the venue of its original."""
        address = ids.original_url(url)
        if address is None:
            return None
        site, _, rest = address[address.index("//") + 2 :].partition("/")
        host = site.partition(":")[0].rstrip(".")
        path = f"/{rest.partition('?')[0]}/"
        for rules in self._rules:
            if (found := _find(rules, host, path)) is not None:
                return self._venues[found]
        return None

    def named(self, name: str) -> Venue | None:
        """The venue of a name as registries write it: "Lancet (London, England)" is The Lancet. Yours before ours."""
        return self._names.get(_folded(name))

    @functools.cached_property
    def _names(self) -> dict[str, Venue]:
        return {_folded(venue.name): venue for venue in self._venues.values()}

    def find(self, venue_id: str) -> Venue | None:
        """The venue of an id."""
        return self._venues.get(venue_id)

    def all(self) -> tuple[Venue, ...]:
        """Every venue, by name."""
        return tuple(sorted(self._venues.values(), key=lambda venue: (venue.name.casefold(), venue.id)))


def load_venues(user: Sequence[Mapping[str, object]] = (), file: Path | None = None) -> Venues:
    """Our venues, with those of `[[venues]]` in sourcebook.toml and of a `venues.toml` added on top.

    An entry with the id of a known venue overrides the fields that it gives; a rule of the user's comes before all of
    ours. Raises UsageError, naming the entry, for what cannot be understood.
    """
    ours = _ours()
    if not user and file is None:
        return Venues(ours.venues, [ours.rules], ours.digest)
    venues = dict(ours.venues)
    theirs: list[Venue] = []
    entries = [("sourcebook.toml", entry) for entry in user] + [(str(file), entry) for entry in _read(file)]
    for origin, entry in entries:
        venue, rules_given = read_entry(entry, origin, venues)
        venues[venue.id] = venue
        if rules_given:
            theirs.append(venue)
    said = json.dumps([ours.digest, [dict(entry) for _, entry in entries]], sort_keys=True, default=str)
    return Venues(venues, [_index(reversed(theirs)), ours.rules], hashlib.sha256(said.encode()).hexdigest()[:16])


def _read(file: Path | None) -> Iterable[Mapping[str, object]]:
    if file is None:
        return ()
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"cannot read venues from {str(file)!r}: {error}", "mend the file or move it away") from error
    entries = said.pop("venues", [])
    if said or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"{str(file)!r} may hold nothing but [[venues]] entries", "see docs/venues.md for an example")
    return entries


@functools.cache
def _ours() -> _Ours:
    """Our own file; read once, since it is the same for everybody."""
    data = importlib.resources.files("sourcebook.rate").joinpath("venues.toml").read_bytes()
    venues: dict[str, Venue] = {}
    for kind, entries in tomllib.loads(data.decode()).items():
        for key, (credibility, *said) in entries.items():
            named = _lines(said.pop(0)) if "\n" in said[0] else [(key, said.pop(0), said.pop(0))]
            why, given = said[0], said[1:]
            always, reviewed = TYPES[kind]
            source_type = (SourceType(given[0]) if given[0] else None) if given else always
            for venue_id, name, rules in named:
                venues[venue_id] = Venue(
                    venue_id, name, kind, tuple(rules.split()), credibility or None, reviewed, why, source_type
                )
    return _Ours(venues, _index(venues.values()), hashlib.sha256(data).hexdigest()[:16])


def _lines(text: str) -> list[tuple[str, str, str]]:
    """Venues that share a line of reason, "Name: rules" each; the id is made of the name."""
    named = (line.rpartition(": ") for line in text.strip().splitlines())
    return [(slug(name), name, rules) for name, _, rules in named]


def _folded(name: str) -> str:
    """A name without article, place of publication, case and marks."""
    name = name.partition(" (")[0].casefold().removeprefix("the ").replace("&", "and")
    return " ".join(_WORD.findall(name))


def _index(venues: Iterable[Venue]) -> _Rules:
    """The rules by host. Of two venues with one rule the first has it."""
    rules: _Rules = {}
    for venue in venues:
        for rule in venue.rules:
            host, _, path = rule.partition("/")
            rules.setdefault(host, []).append((f"/{path}/" if path else "/", venue.id))
    for found in rules.values():
        if len(found) > 1:
            found.sort(key=lambda pair: -len(pair[0]))
    return rules


def _find(rules: _Rules, host: str, path: str) -> str | None:
    """The id of the most specific rule: the longest end of the host, then the longest beginning of the path."""
    while host:
        for prefix, venue_id in rules.get(host, ()):
            if path.startswith(prefix):
                return venue_id
        host = host.partition(".")[2]
    return None
