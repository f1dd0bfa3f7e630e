"""PDF files made by hand, so that tests know every byte of them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Words at a place on a page, in points from its lower left corner."""

    words: str
    x: int = 72
    y: int = 700
    size: int = 11


def paragraph(words: str, y: int, width: int = 80) -> list[Line]:
    """Words set in lines of at most `width` characters, downwards from y."""
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [Line(words, y=y - 14 * index) for index, words in enumerate([*lines, line])]


def pdf(pages: Sequence[Sequence[Line]], info: dict[str, str] | None = None, encrypt: str = "") -> bytes:
    """A file with these pages; `info` is its own title, author and dates."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        stream = "\n".join(
            f"BT /F1 {line.size} Tf {line.x} {line.y} Td ({_escaped(line.words)}) Tj ET" for line in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    said = " ".join(f"/{key} ({_escaped(value)})" for key, value in (info or {}).items())
    objects.append(f"<< {said} >>")
    return _file(objects, encrypt)


def scanned(count: int, info: dict[str, str] | None = None) -> bytes:
    """A file of so many pages, each of them a picture and nothing else."""
    picture = "q 612 0 0 792 0 0 cm BI /W 4 /H 4 /BPC 8 /CS /G /F /AHx ID " + "00ff80c0" * 4 + "> EI Q"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{3 + 2 * n} 0 R' for n in range(count))}] >>",
    ]
    for number in range(count):
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(picture)} >>\nstream\n{picture}\nendstream")
    said = " ".join(f"/{key} ({_escaped(value)})" for key, value in (info or {}).items())
    objects.append(f"<< {said} >>")
    return _file(objects, "")


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[str], encrypt: str) -> bytes:
    body = b"%PDF-1.7\n"
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {encrypt} >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    )
    return body + trailer.encode("ascii")


LOCKED = (
    "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44"
    f" /O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<{'33' * 16}> <{'33' * 16}>]"
)
