"""A body that was kept packed: gzip that its server did not declare, or a file saved as `page.html.gz`."""

import zlib

from sourcebook.errors import StepError
from sourcebook.extract.about import About

MOST_UNPACKED = 64_000_000  # bytes; gzip packs up to a thousand to one, so a small bomb unpacks to gigabytes
_GZIP = b"\x1f\x8b"


def unpacked(body: bytes, about: About) -> bytes:
    """The bytes within gzip, as far as they are whole; any other body as it is. Raises StepError on a bomb."""
    if not body.startswith(_GZIP):
        return body
    machine = zlib.decompressobj(wbits=31)
    try:
        inner = machine.decompress(body, MOST_UNPACKED)
    except zlib.error as error:
        raise StepError(f"gzip from {about.url!r} is damaged: {error}", "fetch it again") from error
    if machine.unconsumed_tail:
        raise StepError(
            f"gzip from {about.url!r} unpacks to more than {MOST_UNPACKED:,} bytes", "look for a smaller copy"
        )
    return inner
