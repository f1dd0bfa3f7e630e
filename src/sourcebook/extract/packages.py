"""Files that are packages of files (Word, EPUB): opened with bounds on what they unpack to, and their XML with none of
the powers that make XML dangerous."""

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from sourcebook.errors import StepError
from sourcebook.extract.about import About

MOST_FILES = 20_000  # in a package
MOST_FILE = 16_000_000  # bytes of one file in a package; its tree takes ten times as much
MOST_PACKAGE = 64_000_000  # bytes that are unpacked in all
_ENTRY = b"PK\x01\x02"  # begins each entry of a package's table of contents
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, IndexError)


class Package:
    """A package of files. Raises StepError when it is damaged, locked, or would unpack to more than we hold."""

    def __init__(self, body: bytes, kind: str, about: About) -> None:
        self._name = f"{kind} from {about.url!r}"
        if body.count(_ENTRY) > MOST_FILES:
            raise self._too_large()
        try:
            self._files = zipfile.ZipFile(BytesIO(body))
        except _DAMAGE as error:
            raise StepError(f"{self._name} is damaged: {error}", "fetch it again, or look for another copy") from error
        self._left = MOST_PACKAGE

    def __contains__(self, name: str) -> bool:
        return name in self._files.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of one file; empty when there is none of that name."""
        if name not in self:
            return b""
        most = min(MOST_FILE, self._left)
        try:
            with self._files.open(name) as file:
                body = file.read(most + 1)
        except RuntimeError as error:  # what zipfile says where a password is asked for
            raise StepError(f"{self._name} is locked with a password", "look for an open copy") from error
        except _DAMAGE as error:
            raise StepError(f"{self._name} is damaged: {error}", "fetch it again, or look for another copy") from error
        if len(body) > most:
            raise self._too_large()
        self._left -= len(body)
        return body

    def tree(self, name: str) -> etree._Element | None:
        """The tree of one file of XML; None when there is none."""
        return parse_xml(self.read(name))

    def _too_large(self) -> StepError:
        return StepError(f"{self._name} unpacks to more than {MOST_PACKAGE:,} bytes", "look for a smaller copy")


def parse_xml(body: bytes) -> etree._Element | None:
    """The tree of some XML, as far as it can be read; None when it is no XML. Entities are left as they are."""
    if not body.strip():
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root: etree._Element | None = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: etree._Element | None) -> str:
    """All words of an element on one line."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())
