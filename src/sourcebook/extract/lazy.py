"""Extractors that are loaded when they first read: their libraries take up to 0.4 s, which commands that read nothing
of their kind should not pay."""

from importlib import import_module

from msgspec import Struct

from sourcebook.extract.about import About
from sourcebook.types.documents import Document


class Lazy(Struct, frozen=True):
    """The extractor that is a function of a module of this folder."""

    module: str
    function: str

    def extract(self, body: bytes, about: About) -> Document:
        """See `Extractor.extract`."""
        read = getattr(import_module(f"sourcebook.extract.{self.module}"), self.function)
        document: Document = read(body, about)
        return document
