"""Copies that a person got by hand, where the program could not."""

import mimetypes
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.errors import NotFoundError, UsageError
from sourcebook.extract import EXTRACTORS
from sourcebook.extract.sniff import media_type
from sourcebook.library.keeping import keep
from sourcebook.library.parts import Parts
from sourcebook.library.study import Reading
from sourcebook.types.captures import UPLOAD, Outcome
from sourcebook.types.fetching import Exchange, Fetched, NotAsked, Wanted
from sourcebook.types.sources import Source

ARCHIVES = (".wacz", ".warc", ".warc.gz")


class Upload(Struct, frozen=True):
    """A file that holds a copy, who filed it, and when it was got; None: now."""

    file: Path
    who: str
    at: datetime | None = None

    @property
    def is_archive(self) -> bool:
        """Is it a web archive, rather than the copy itself?"""
        return self.file.name.lower().endswith(ARCHIVES)

    @property
    def words(self) -> str:
        """Who filed it, as the capture's reason says."""
        return f"filed by {self.who} from {self.file.name!r}"


def file_copies(parts: Parts, name: str, upload: Upload) -> Iterator[Reading]:
    """Keep what the file holds as captures of a source. Raises UsageError when it holds nothing that can be read."""
    source = parts.store.sources.find(name)
    if source is None:
        raise NotFoundError(f"no source {name!r} in this library", "`sourcebook list` names those there are")
    copies = _from_archive(parts, source, upload) if upload.is_archive else [_from_file(parts, source, upload)]
    for copy in copies:
        (capture,) = keep(parts, [copy])
        yield Reading(capture, copy.body)


def _from_file(parts: Parts, source: Source, upload: Upload) -> Fetched:
    """The file itself: there was no exchange, and none is made up."""
    body = _read(upload.file, parts.config.fetch.max_mb)
    kind = media_type(body, mimetypes.guess_type(upload.file.name)[0] or "")
    if kind not in EXTRACTORS:
        raise UsageError(f"{str(upload.file)!r} is of a kind that is not read ({kind})", _HINT)
    now = parts.clock()
    at = upload.at or now
    return Fetched(
        source_id=source.id,
        url=source.url,
        final_url=source.url,
        checked_at=now,
        captured_at=at,
        outcome=Outcome.OK,
        reason=upload.words,
        origin=UPLOAD,
        media_type=kind,
        body=body,
        exchanges=(Exchange(source.url, at, b"", b"", body),),
    )


def _from_archive(parts: Parts, source: Source, upload: Upload) -> list[Fetched]:
    """Every good copy of the source in a web archive, with its exchanges as they were. Its ETag is left out: the source
    is not asked to compare with what a person filed."""
    good: list[Fetched] = []
    why = "holds no copy of it"
    for answer in parts.open_fetcher().fetch([Wanted(source.id, source.url)]):
        match answer:
            case Fetched(outcome=Outcome.OK):
                words = f"{answer.reason}; {upload.words}"
                good.append(replace(answer, origin=UPLOAD, reason=words, etag="", last_modified=""))
            case Fetched():
                why = f"holds no good copy of it: {answer.outcome.value.replace('_', ' ')}, {answer.reason}"
            case NotAsked():
                why = answer.why
    if not good:
        raise UsageError(f"nothing to file of {source.url!r} in {str(upload.file)!r}: {why}", _HINT)
    return good


def _read(file: Path, most_mb: float) -> bytes:
    try:
        if file.stat().st_size > most_mb * 1_000_000:
            raise UsageError(f"{str(file)!r} is larger than {most_mb:g} MB", "raise the setting fetch.max_mb")
        body = file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {str(file)!r}: {error.strerror}", _HINT) from error
    if not body.strip():
        raise UsageError(f"{str(file)!r} is empty", _HINT)
    return body


_HINT = "name a page (.html, .txt), a document (.pdf, .docx, .epub) or a web archive (.wacz, .warc, .warc.gz)"
