"""Any YAML as plain values, every scalar as it is written.

Made from events, one after the other: the loaders of PyYAML call themselves for each level, and those written in C take
the whole process down where there are too many.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

_MOST_LEVELS = 100
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class UnreadableYamlError(Exception):
    """Words that YAML does not allow, or that nest too deeply. Line and column count from 0."""

    def __init__(self, why: str, mark: "yaml.Mark | None" = None) -> None:
        super().__init__(why)
        self.line = mark.line if mark is not None else 0
        self.column = mark.column if mark is not None else 0


def whole_values(text: str) -> Any:
    """The first document: lists, tables, words, and None for what is null. Raises UnreadableYamlError."""
    import yaml  # noqa: PLC0415 - few pages need it, and it takes longer to load than a page to read

    # what is written in C is ten times faster; a platform without it reads the same
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    tree = _Tree()
    takers: dict[type[yaml.Event], Callable[[Any], None]] = {
        yaml.ScalarEvent: tree.scalar,
        yaml.AliasEvent: tree.again,
        yaml.SequenceStartEvent: lambda event: tree.open([], event),
        yaml.MappingStartEvent: lambda event: tree.open({}, event),
        yaml.SequenceEndEvent: lambda _: tree.close(),
        yaml.MappingEndEvent: lambda _: tree.close(),
    }
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            if (take := takers.get(type(event))) is not None:
                take(event)
    except yaml.MarkedYAMLError as error:
        raise UnreadableYamlError(str(error.problem), error.problem_mark) from error
    except yaml.YAMLError as error:
        raise UnreadableYamlError(" ".join(str(error).split())[:200]) from error
    return tree.root


class _Tree:
    """A document that is being read."""

    def __init__(self) -> None:
        self.root: Any = None
        self._open: list[Any] = []  # lists and tables that are not yet ended
        self._keys: list[Any] = []  # of each, the key whose value is next; _NO_KEY where a key is
        self._anchors: dict[str, Any] = {}

    def scalar(self, event: Any) -> None:
        """A word, or null."""
        self.add(None if event.implicit[0] and event.value in _NULLS else event.value, event)

    def open(self, value: Any, event: Any) -> None:
        """A list or a table begins."""
        if len(self._open) >= _MOST_LEVELS:
            raise UnreadableYamlError("it is nested too deeply", event.start_mark)
        self.add(value, event)
        self._open.append(value)
        self._keys.append(_NO_KEY)

    def close(self) -> None:
        """It ends."""
        self._open.pop()
        self._keys.pop()

    def again(self, event: Any) -> None:
        """What stood at an anchor before."""
        if event.anchor not in self._anchors:
            raise UnreadableYamlError(f"found undefined alias {event.anchor!r}", event.start_mark)
        self._put(self._anchors[event.anchor])

    def add(self, value: Any, event: Any) -> None:
        """A value."""
        if event.anchor:
            self._anchors[event.anchor] = value
        self._put(value)

    def _put(self, value: Any) -> None:
        if not self._open:
            self.root = value
        elif isinstance(self._open[-1], list):
            self._open[-1].append(value)
        elif self._keys[-1] is _NO_KEY:
            self._keys[-1] = value
        else:
            if isinstance(self._keys[-1], str):
                self._open[-1][self._keys[-1]] = value
            self._keys[-1] = _NO_KEY


_NO_KEY = object()
