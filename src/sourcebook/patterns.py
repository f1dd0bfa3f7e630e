"""Regular expressions that are compiled when they are first needed.

Rules for what rarely happens have many of them, and a run needs few: compiled at import, those of a fetch alone took as
long as asking for 100 pages.
"""

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """What `re.compile` gives, once anything is asked of it."""

    def __init__(self, source: str | bytes, flags: re.RegexFlag) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # nobody's question for a match
            raise AttributeError(name)
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)  # the next time, nobody comes by here
        return found


def pattern(source: AnyStr, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[AnyStr]:
    """The same as `re.compile`, later. A mistake in `source` shows when it is used."""
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
