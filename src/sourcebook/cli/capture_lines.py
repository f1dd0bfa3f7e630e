"""The captures of a source as a person reads them."""

from collections.abc import Iterator, Sequence

from sourcebook.records import CaptureRow


def capture_lines(rows: Sequence[CaptureRow]) -> Iterator[str]:
    """A table with a star at the copy that is read, and what is said of the link."""
    if not rows:
        yield "Nobody has asked for it yet: the next build will."
        return
    yield f"  {'Asked':<16}  {'Copy of':<10}  {'Outcome':<17}  {'Bytes':>10}  {'Words':>7}  {'From':<14}  Reason"
    for row in rows:
        star = "*" if row.is_read else " "
        words = "--" if row.words is None else f"{row.words:,}"
        yield (
            f"{star} {row.checked_at:%Y-%m-%d %H:%M}  {row.captured_at:%Y-%m-%d}  {row.outcome.value:<17}  "
            f"{row.size_bytes:>10,}  {words:>7}  {row.origin:<14}  {row.reason}"
        )
    yield ""
    due = f"asked for next on {rows[-1].due_at:%Y-%m-%d %H:%M} UTC" if rows[-1].due_at else "never asked for itself"
    yield f"State: {rows[-1].state.value}; {due}"
