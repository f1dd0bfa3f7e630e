"""Sources in by a person's word: an address that no page need cite."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from sourcebook import ids
from sourcebook.fetch.policy import AddressPolicy, policy_of
from sourcebook.library import corrections, register
from sourcebook.library.corrections import WANTED, Signed
from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.library.tally import Tally
from sourcebook.types.reviews import ReviewField

MOST_LETTERS = 8_000  # of an address: servers take no longer one
_WHOLE = "write it whole, with https:// in front; a work may be named as doi:10.…"
_LOOPBACK = "127.0.0.1"  # what `localhost` is on every machine (RFC 6761)


class Added(Struct, frozen=True):
    """An address and the source that it leads to now."""

    url: str
    id: str
    stable_id: str
    new: bool  # did nobody know the source until now?


class Refused(Struct, frozen=True):
    """An address that is no source, why, and what would be."""

    url: str
    why: str
    hint: str


def add(parts: Parts, urls: Iterable[str], signed: Signed) -> list[Added | Refused]:
    """Have each address lead to a source that is looked after, in order. Nothing of the web is asked."""
    policy = policy_of(parts.config.fetch.allow_networks)
    with parts.store.write():
        unsettle(parts)
        wanted = set(parts.store.reviews.wanted())
        addresses = (ids.address(url.strip()) for url in urls)
        return [_refused(url, policy) or _added(parts, url, signed, wanted) for url in addresses]


def attended(parts: Parts) -> frozenset[str]:
    """Every source that builds look after."""
    return parts.store.reviews.wanted().union(parts.store.pages.citing_counts())


def _refused(url: str, policy: AddressPolicy) -> Refused | None:
    asked = ids.original_url(url) if len(url) <= MOST_LETTERS and url.isprintable() else None
    if asked is None or ids.match_key(url) is None:
        return Refused(_brief(url), "it is not an address of the web", _WHOLE)
    if urlsplit(url).username is not None:
        return Refused(_brief(url), "it holds a name or a password", "leave out what stands before the @")
    parts = urlsplit(asked)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname or ""
    here = host == "localhost" or host.endswith(".localhost")
    if why := policy.refusal(_LOOPBACK, port) if here else policy.refusal_by_name(host, port):
        return Refused(_brief(url), why, "the setting fetch.allow_networks opens networks that are not public")
    return None


def _added(parts: Parts, url: str, signed: Signed, wanted: set[str]) -> Added:
    tally = Tally()
    source_id = register.source_ids(parts, tally, {url})[url]
    if source_id not in wanted:
        corrections.keep(parts, source_id, {ReviewField.WANTED: WANTED}, signed)
        wanted.add(source_id)
    stable_id = parts.store.sources.read_many((source_id,))[source_id].stable_id
    return Added(url, source_id, stable_id, new=tally.sources_new > 0)


def _brief(url: str) -> str:
    return url if len(url) <= 200 else f"{url[:200]}…"
