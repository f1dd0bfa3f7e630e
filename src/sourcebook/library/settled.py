"""Does everything derived still follow from what is kept? One word in the store answers for the whole library."""

from sourcebook import ids, rate, summarise, verify
from sourcebook.library.parts import Parts

_SETTLED = "settled"
_VERSION = "3"  # of how the library puts the steps together
_LISTS = "2"  # of what lists say of it: they are made anew, and nothing is rated or judged again


def rules() -> str:
    """What decides everything that is derived, besides what each of it is derived from."""
    return ids.fingerprint(_VERSION, rate.VERSION, summarise.VERSION, verify.VERSION)


def is_settled(parts: Parts) -> bool:
    """Has nothing changed since every source was last rated, summarised and judged?"""
    return parts.store.meta.read(_SETTLED) == _word(parts)


def mark_settled(parts: Parts, seen: int) -> None:
    """Everything derived follows from what is kept now, unless people have said more than was `seen` of it."""
    with parts.store.write():
        if parts.store.reviews.count() == seen:
            parts.store.meta.save(_SETTLED, _word(parts))


def unsettle(parts: Parts) -> None:
    """Something changes: said before it is kept, so that a killed build cannot forget it."""
    if parts.store.meta.read(_SETTLED):
        parts.store.meta.save(_SETTLED, "")


def mark_built(parts: Parts) -> None:
    """Remember when a build last came to its end."""
    parts.store.meta.save("built_at", parts.clock().isoformat())


def _word(parts: Parts) -> str:
    return f"{rules()} {parts.venues.fingerprint} {_LISTS}"
