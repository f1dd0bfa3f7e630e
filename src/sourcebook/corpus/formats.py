"""What a page is written in, by its file's name; and which files are pages in a language that nobody here reads."""

from enum import Enum
from pathlib import PurePosixPath


class PageFormat(Enum):
    """A language of pages that has a parser."""

    MARKDOWN = "Markdown"
    MDX = "MDX"
    HTML = "HTML"
    WIKITEXT = "wikitext"


_FORMATS = {
    ".md": PageFormat.MARKDOWN,
    ".markdown": PageFormat.MARKDOWN,
    ".mdown": PageFormat.MARKDOWN,
    ".mkd": PageFormat.MARKDOWN,
    ".qmd": PageFormat.MARKDOWN,  # Quarto
    ".rmd": PageFormat.MARKDOWN,  # R Markdown
    ".mdx": PageFormat.MDX,
    ".html": PageFormat.HTML,
    ".htm": PageFormat.HTML,
    ".xhtml": PageFormat.HTML,
    ".wiki": PageFormat.WIKITEXT,
    ".wikitext": PageFormat.WIKITEXT,
    ".mediawiki": PageFormat.WIKITEXT,
    ".mw": PageFormat.WIKITEXT,  # git-remote-mediawiki
}

# Passing over these in silence would look as if they had been checked.
_UNREAD = {
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".docx": "Word",
    ".ipynb": "Jupyter",
    ".odt": "OpenDocument",
    ".org": "Org",
    ".rst": "reStructuredText",
    ".tex": "LaTeX",
    ".textile": "Textile",
    ".typ": "Typst",
}


def format_of(path: str) -> PageFormat:
    """What a page is written in; Markdown where its name does not tell."""
    return _FORMATS.get(_suffix(path), PageFormat.MARKDOWN)


def unread_format(path: str) -> str:
    """What a file is written in that only a parser which we lack could read: "reStructuredText". "" for any other."""
    return _UNREAD.get(_suffix(path), "")


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
