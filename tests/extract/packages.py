"""Word documents and EPUB files made by hand, so that tests know every byte of them."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def package(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in files.items():
            out.writestr(name, body)
    return made.getvalue()


def paragraph(words: str, style: str = "", extra: str = "") -> str:
    """A paragraph of Word's XML; `extra` stands behind the words."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>{extra}</w:p>'


def word(blocks: str, said: Mapping[str, str] | None = None, notes: str = "") -> bytes:
    """A Word document; `said` are its core properties, such as "dc:title"."""
    facts = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in (said or {}).items())
    styles = "".join(
        f'<w:style w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in (("T", "Title"), ("H1", "heading 1"), ("H2", "heading 2"))
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{blocks}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "docProps/core.xml": f"<cp:coreProperties {_CORE}>{facts}</cp:coreProperties>",
    }
    if notes:
        files["word/footnotes.xml"] = f"<w:footnotes {_W}>{notes}</w:footnotes>"
    return package(files)


def epub(chapters: Mapping[str, str], said: str, again: int = 1) -> bytes:
    """A book: the body of each chapter by its file's name, and `said` in its metadata. Its order is given `again`."""
    items = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters))) * again
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<metadata>{said}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    for name, body in chapters.items():
        files[f"OEBPS/{name}"] = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    return package(files)
