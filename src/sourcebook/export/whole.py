"""A file that is written whole or not at all: what stood there before is lost only to what is complete."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sourcebook.errors import UsageError

_SHOWN = 40  # characters of the file's name in that of the new one: few enough for every file system


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """Where to write what is to stand in `file` in the end. Raises UsageError when it cannot be written.

    A symbolic link stays one, and its target is written; what stood there before hands on its mode. What is no file,
    such as a pipe or /dev/stdout, is written to as it is: nothing can take its place.
    """
    part = None
    try:
        if file.exists() and not file.is_file():
            yield file
        else:
            target = Path(os.path.realpath(file))
            part = _new_beside(target)
            yield part
            with contextlib.suppress(FileNotFoundError):
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            part.replace(target)
    except OSError as error:
        why = f"cannot write {str(file)!r}: {error.strerror or error}"
        raise UsageError(why, "make room there, or name another --output") from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _new_beside(file: Path) -> Path:
    """An empty file in the same folder, by a name that nobody had; with the mode of every new file there."""
    while True:
        part = file.with_name(f".{file.name[:_SHOWN]}.{secrets.token_hex(4)}.part")
        with contextlib.suppress(FileExistsError):
            part.touch(exist_ok=False)
            return part
