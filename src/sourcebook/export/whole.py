"""A file that is written whole or not at all: what stood there before is lost only to what is complete."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sourcebook.errors import UsageError


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """Where to write what is to stand in `file` in the end. Raises UsageError when it cannot be written.

    What is no file, such as a pipe or /dev/stdout, is written to as it is: nothing can take its place.
    """
    is_file = file.is_file() or not file.exists()
    part = file.with_name(f"{file.name}.part") if is_file else file
    try:
        yield part
        if is_file:
            part.replace(file)
    except OSError as error:
        why = f"cannot write {str(file)!r}: {error.strerror or error}"
        raise UsageError(why, "make room there, or name another --output") from error
    finally:
        if is_file:
            part.unlink(missing_ok=True)
