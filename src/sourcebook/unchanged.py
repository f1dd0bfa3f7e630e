"""Did anything change since the last build? Answered from the stamps of files, without opening the library.

A build that finds nothing to do would spend its time on loading what it then does not need. So each build leaves a note
of everything that could give the next one work, beside its report. Any doubt means: build.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from sourcebook import corpus, ids
from sourcebook.config import VENUES_FILE, Config
from sourcebook.corpus import PageFiles
from sourcebook.place import Place
from sourcebook.types.builds import BuildReport

FILE_NAME = "last-build.json"

# what a library keeps besides its archive, which no build reads without a row in the database that leads to it
_KEPT = ("library.db", "library.db-wal", "sources.jsonl", "sources.journal.jsonl", "reviews.jsonl")


class _Note(msgspec.Struct):
    """What a build leaves for the next one."""

    seen: str  # stamp of everything that it worked on
    kept: str  # stamp of everything that it left in the library folder
    report: BuildReport
    watched: tuple[str, ...] = ()  # files and folders beside the pages that decide what these cite


def last_report(place: Place, config: Config, asks: str, now: datetime) -> BuildReport | None:
    """What a build would report now, when it would find nothing to do; None when it has to be run to know.

    `asks` says whom it would ask: "web", "nobody", or the path of an archive.
    """
    try:
        note = msgspec.json.decode((place.library / FILE_NAME).read_bytes(), type=_Note)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    report = note.report
    due = report.next_due is not None and now >= report.next_due
    if due or note.seen != _seen(place, config, asks, note.watched) or note.kept != _kept(place):
        return None
    return replace(
        report,
        pages_read=0,
        pages_gone=0,
        sources_new=0,
        asked=0,
        sought=0,
        found=0,
        outcomes={},
        not_due=report.not_due + report.asked,
        documents_read=0,
        documents_failed=0,
        rated_now=0,
        summaries=0,
        judged=0,
    )


def leave_note(place: Place, config: Config, asks: str, report: BuildReport, watched: tuple[str, ...]) -> None:
    """Say what a build saw and left. Called when the library is closed again.

    Nothing is said while sources wait for the web to be asked, nor of a database server: others may write to it.
    """
    file = place.library / FILE_NAME
    if config.store.database or (report.not_asked and asks == "web"):
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(msgspec.json.encode(_Note(_seen(place, config, asks, watched), _kept(place), report, watched)))


def _seen(place: Place, config: Config, asks: str, watched: tuple[str, ...]) -> str:
    """Pages and their bibliographies, settings, venues, whom it asks, and our own code."""
    found = PageFiles() if place.corpus is None else corpus.find_pages(place.corpus, config.corpus)
    return ids.fingerprint(
        msgspec.json.encode(config, order="sorted").decode(),
        *(f"{page.path}:{page.mtime_ns}:{page.size_bytes}" for page in found.pages),
        *found.unread,
        corpus.Bibliographies(place.corpus).stamp(watched) if place.corpus is not None and watched else "",
        *_stamps((place.settings_folder / VENUES_FILE, Path(asks))),
        *_stamps(sorted(Path(__file__).parent.rglob("*.*[!c]"))),
    )


def _kept(place: Place) -> str:
    return ids.fingerprint(*_stamps(place.library / name for name in _KEPT))


def _stamps(files: Iterable[Path]) -> Iterable[str]:
    """Name, time and size of each file; only the name where there is none."""
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            yield str(file)
        else:
            yield f"{file}:{stat.st_mtime_ns}:{stat.st_size}"
