"""Just enough PDF for the reports of the demo: headings, paragraphs, page numbers and the document's properties."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 72  # A4, in points
LINES_Y = range(PAGE_HEIGHT - MARGIN, MARGIN, -14)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says about itself."""

    title: str
    author: str
    subject: str
    created: datetime


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    font: str = "F1"
    size: float = 10.5


def typeset(text: str, properties: Properties) -> bytes:
    """A PDF of `text`: `# ` starts the title, `## ` a heading, an empty line a paragraph. The same input always
    gives the same bytes."""
    pages = list(_pages(list(_lines(text))))
    first = 6  # objects 1 to 5 are the catalogue, the page tree, two fonts and the properties
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
        _information(properties),
    ]
    for number, page in enumerate(pages):
        drawn = _drawn(page, number + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {first + 2 * number + 1} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _file(objects)


def _lines(text: str) -> Iterator[_Line]:
    for block in text.strip().split("\n\n"):
        if block.startswith("# "):
            yield from (_Line(part, "F2", 14) for part in textwrap.wrap(block[2:], 60))
        elif block.startswith("## "):
            yield _Line(block[3:], "F2", 12)
        else:
            for line in block.split("\n"):
                yield from (_Line(part) for part in textwrap.wrap(line, 92, break_on_hyphens=False))
        yield _Line("")


def _pages(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Full pages; a heading is never left alone at the foot of one."""
    while lines:
        end = min(len(lines), len(LINES_Y))
        while end < len(lines) and end > 2 and any(line.font == "F2" for line in lines[end - 2 : end]):
            end -= 1
        yield lines[:end]
        lines = lines[end:]


def _drawn(page: list[_Line], number: int) -> bytes:
    """The drawing operators of one page."""
    at_lines = [
        b"BT /%s %g Tf %d %d Td %s Tj ET" % (line.font.encode(), line.size, MARGIN, y, _string(line.text))
        for y, line in zip(LINES_Y, page, strict=False)
        if line.text
    ]
    foot = b"BT /F1 9 Tf %d %d Td %s Tj ET" % (PAGE_WIDTH // 2, MARGIN // 2, _string(str(number)))
    return b"\n".join([*at_lines, foot])


def _information(properties: Properties) -> bytes:
    created = properties.created.strftime("D:%Y%m%d%H%M%SZ")
    return b"<< /Title %s /Author %s /Subject %s /CreationDate %s /Producer %s >>" % (
        _string(properties.title),
        _string(properties.author),
        _string(properties.subject),
        _string(created),
        _string("Sourcebook demo"),
    )


def _string(text: str) -> bytes:
    encoded = text.encode("cp1252")
    for special in (b"\\", b"(", b")"):
        encoded = encoded.replace(special, b"\\" + special)
    return b"(" + encoded + b")"


def _file(objects: list[bytes]) -> bytes:
    """The objects with their cross-reference table; the last of the fixed ones is the properties."""
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\n" % (len(objects) + 1)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)
