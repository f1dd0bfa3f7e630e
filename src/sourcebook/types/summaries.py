"""What a source says, in brief."""

from dataclasses import dataclass, field

from sourcebook.types.documents import Passage


@dataclass(frozen=True, slots=True)
class Point:
    """A key point and the passage that it rests on; None when another system wrote it."""

    text: str
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a source says, in brief."""

    text: str
    points: tuple[Point, ...]
    writer: str  # "extractive 1", "publisher", "imported"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that much of a library uses."""

    shares: dict[str, float] = field(default_factory=dict)  # by stem: of the sources that have it


@dataclass(frozen=True, slots=True)
class Line:
    """A relevance line by somebody else than our template."""

    text: str
    writer: str
