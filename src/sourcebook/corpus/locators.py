"""Which part of a work is cited: "pp. 33-35" behind a citation key. By the terms of CSL and their short forms. Pure."""

import re

from sourcebook.patterns import pattern

_TERMS = {
    "act": "act", "algorithm": "alg algorithm algorithms", "appendix": "app apps appendix appendices",
    "article": "art arts article articles", "book": "bk bks book books",
    "chapter": "ch chs chap chaps chapter chapters", "column": "col cols column columns",
    "equation": "eq eqs eqn eqns equation equations", "figure": "fig figs figure figures",
    "folio": "fol fols folio folios", "line": "l ll line lines", "note": "n nn note notes",
    "number": "no nos number numbers", "opus": "op opp opus opera", "page": "p pp pg pgs page pages",
    "paragraph": "para paras paragraph paragraphs ¶ ¶¶", "part": "pt pts part parts", "rule": "rule rules",
    "scene": "scene scenes", "section": "sec secs sect sects section sections § §§", "sub-verbo": "s.v s.vv",
    "table": "tab tabs tbl tbls table tables", "timestamp": "timestamp", "verse": "v vv verse verses",
    "volume": "vol vols volume volumes",
}  # fmt: skip
_TERM_OF = {word: term for term, words in _TERMS.items() for word in words.split()}
_ONE = r"(?:[A-Za-z]{0,3}[.:-]?\d[\w.:]*|(?i:[ivxlcdm]+\b))"
_DASH = r"\s*(?:-{1,3}|[–—])\s*"
_VALUE = rf"{_ONE}(?:{_DASH}{_ONE})?(?:\s*(?:,|&|and\b)\s*{_ONE}(?:{_DASH}{_ONE})?)*"
_WORD = "|".join(sorted(map(re.escape, _TERM_OF), key=len, reverse=True))
_LOCATOR = pattern(
    rf"[\s,]*(?:(?P<term>{_WORD})(?:\.|\b|(?<=[§¶]))\s*(?P<value>{_VALUE})|(?P<pages>\d{_VALUE}|\d))", re.IGNORECASE
)
_SPAN = pattern(_DASH)


def locator(suffix: str) -> str:
    """The place that the words behind a key name, as `page 33-35`; "" when they name none.

    A number alone is a page. Braces hold a place that no term begins: `{ii, A, D-Z}`.
    """
    if (braces := re.match(r"\s*,?\s*\{([^{}]*)\}", suffix)) is not None:
        return locator(braces[1]) or " ".join(braces[1].split())
    found = _LOCATOR.match(suffix)
    if found is None:
        return ""
    term = _TERM_OF[found["term"].lower()] if found["term"] else "page"
    return f"{term} {_SPAN.sub('-', found['value'] or found['pages']).rstrip('.:')}"
