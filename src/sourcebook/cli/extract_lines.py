"""What `sourcebook extract` asks for and answers, one JSON object a line. The reading runs in worker processes."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from sourcebook import extract
from sourcebook.engine import Done, Engine
from sourcebook.errors import StepError
from sourcebook.extract import About
from sourcebook.types.documents import Document

MOST_BYTES = 100_000_000  # of one file; no page and hardly a paper is larger, and a worker has to hold it
_NOTHING = Document()
_SAVED_AS = {  # what the bytes of a saved file may not tell
    ".htm": "text/html",
    ".html": "text/html",
    ".markdown": "text/markdown",
    ".md": "text/markdown",
    ".xhtml": "application/xhtml+xml",
}


class Asked(msgspec.Struct, frozen=True):
    """One line of a manifest: a file, and what is known of where it came from."""

    path: str
    url: str = ""
    media_type: str = ""
    charset: str = ""


class Line(Struct, frozen=True):
    """A line of a manifest as it stands, and the folder that its path may be in."""

    number: int
    raw: bytes
    folder: str
    body: bytes | None = None  # of a file that only the asking process can read


class Answer(Struct, frozen=True):
    """What a file says, or why it could not be read; `error` is "" when it could."""

    asked: Asked
    document: Document = _NOTHING
    error: str = ""


def read_lines(manifest: Iterable[bytes], folder: Path) -> Iterator[Line]:
    """The lines of a manifest that are not empty."""
    lines = (line for line in manifest if line.strip())
    return (Line(number, line, str(folder)) for number, line in enumerate(lines))


def answers(engine: Engine, lines: Iterable[Line]) -> Iterator[Answer]:
    """One answer a line, in the order of the lines."""
    early: dict[int, Answer] = {}
    following = 0
    for answer in engine.each(read_line, lines):
        subject = answer.subject
        early[subject.number] = (
            answer.result if isinstance(answer, Done) else Answer(_lenient(subject), error=answer.message)
        )
        while following in early:
            yield early.pop(following)
            following += 1


def read_line(line: Line) -> Answer:
    """Read the file of one line. Whatever goes wrong is that line's answer."""
    try:
        asked = msgspec.json.decode(line.raw, type=Asked)
    except msgspec.DecodeError as error:
        return Answer(_lenient(line), error=f"cannot read line {line.raw[:200].decode(errors='replace')!r}: {error}")
    try:
        body = line.body if line.body is not None else _body(asked.path, line.folder)
        return Answer(asked, extract.extract(body, _about(asked)))
    except StepError as error:
        return Answer(asked, error=error.message)
    except Exception as error:  # noqa: BLE001 - the edge of a process; one file must not cost the others theirs
        return Answer(asked, error=f"a fault of Sourcebook itself: {error!r}"[:1_000])


def to_json(answer: Answer) -> bytes:
    """An answer as one line."""
    said = asdict(answer.document)
    confidence = answer.document.confidences.get("published")  # a date is of no use without it, so it has a place here
    row = {"path": answer.asked.path, "url": answer.asked.url, **said, "confidence": confidence, "error": answer.error}
    return msgspec.json.encode(row) + b"\n"


def _lenient(line: Line) -> Asked:
    """What a line asks for, as far as it can be told."""
    try:
        return msgspec.json.decode(line.raw, type=Asked)
    except msgspec.DecodeError:
        return Asked("")


def _about(asked: Asked) -> About:
    suffix = PurePath(asked.path.removesuffix(".gz")).suffix.lower()
    return About(asked.url, asked.media_type or _SAVED_AS.get(suffix, ""), asked.charset)


def _body(path: str, folder: str) -> bytes:
    """The bytes of a file that stands in the folder of the manifest, else in this one."""
    beside = Path(folder, path)
    file = beside if beside.exists() else Path(path)
    try:
        with file.open("rb") as opened:
            body = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise StepError(f"cannot read {path!r}: {why}", "name a file") from error
    if len(body) > MOST_BYTES:
        raise StepError(f"{path!r} is larger than {MOST_BYTES:,} bytes", "look for a smaller copy")
    return body
