"""What a source says, in brief."""

from msgspec import Struct, field

from sourcebook.types.documents import Passage


class Point(Struct, frozen=True):
    """A key point and the passage that it rests on; None when another system wrote it."""

    text: str
    passage: Passage | None


class Summary(Struct, frozen=True):
    """What a source says, in brief."""

    text: str
    points: tuple[Point, ...]
    writer: str  # "extractive 1", "publisher", "imported"
    tags: tuple[str, ...] = ()


class Vocabulary(Struct, frozen=True):
    """The words that much of a library uses."""

    shares: dict[str, float] = field(default_factory=dict)  # by stem: of the sources that have it


class Line(Struct, frozen=True):
    """A relevance line by somebody else than our template."""

    text: str
    writer: str
