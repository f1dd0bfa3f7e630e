"""What one registry says of one work, and how such an answer is read."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from msgspec import Struct

from sourcebook.errors import StepError
from sourcebook.types.registries import Notice

T = TypeVar("T")


class Said(Struct, frozen=True):
    """One registry's word on one work; "" and () where it says nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO 8601, to the precision that it gives
    venue: str = ""  # the journal, the proceedings, the repository
    peer_reviewed: bool | None = None  # None when it does not say
    notices: tuple[Notice, ...] = ()


class Registry(Struct, frozen=True):
    """A registry: its name, the schemes whose keys it knows, how to ask for a key and what its answer says."""

    label: str
    schemes: tuple[str, ...]
    address: Callable[[str, str, str], str]  # base address, key, contact
    read: Callable[[bytes], Said | None]  # None when it does not know the work; raises StepError on other answers


def parsed(body: bytes, kind: type[T], label: str) -> T:
    """An answer of JSON. Raises StepError when it is not what the registry promises."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise StepError(f"cannot read the answer of {label}: {error}", "ask again later") from error


def one_line(text: str | None) -> str:
    """Words on one line."""
    return " ".join((text or "").split())


def dated(parts: list[list[int | None]] | None) -> str:
    """A date in parts, `[[2024, 3, 5]]`, as ISO 8601."""
    numbers = [part for part in (parts or [[]])[0] if part] if parts else []
    return "-".join(f"{number:02}" for number in numbers)
