"""Many sources as one file that reference managers read."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum

from sourcebook.export.citing import cite
from sourcebook.records import Record


class Form(StrEnum):
    """What kind of file."""

    BIBTEX = "bibtex"
    CSL = "csl"
    RIS = "ris"


def reference_lines(form: Form, records: Iterable[Record]) -> Iterator[str]:
    """The file, a source at a time, so that memory does not grow with it."""
    before = "["
    for record in records:
        cited = cite(record)
        match form:
            case Form.BIBTEX:
                yield f"{cited.bibtex}\n"
            case Form.RIS:
                yield f"{cited.ris}\r\n"
            case Form.CSL:
                yield before + json.dumps(cited.csl, ensure_ascii=False, indent=2)
                before = ",\n"
    if form is Form.CSL:
        yield "[]\n" if before == "[" else "]\n"
