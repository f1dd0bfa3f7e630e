"""Before any tree is built: what no reader sees is dropped and what no honest page has is cut, in linear time.

Without it a page of a few megabytes keeps a parser busy for minutes, or makes it give up on the text.
"""

import re

from lxml import etree

MOST_CHARACTERS = 8_000_000
MOST_MARKUP = 4_000_000  # of these, without scripts and pictures: the tree of more takes a worker beyond 150 MB
MOST_TAGS = 60_000  # the longest pages that people cite (laws, long tables) have 40,000
MOST_TAG_CHARACTERS = 10_000  # a longer tag has its attributes looked at
MOST_ATTRIBUTES = 100  # parsers compare each attribute of a tag with all the others

_OPENING = re.compile(r"<(?:(!--)|(script|style|svg)\b([^>]{0,2000})>?)", re.IGNORECASE)
_CLOSING = {name: re.compile(f"</{name}[^>]{{0,100}}>", re.IGNORECASE) for name in ("script", "style", "svg")}
_DATA = re.compile(r"ld\+json", re.IGNORECASE)
_LONG_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9-]*)(\s[^<>]{{{MOST_TAG_CHARACTERS},}})")
_LONG_VALUE = re.compile(r'="[^"<>]{100000,}"')  # a picture, as a rule
_ANY_TAG = re.compile(r"<[^<>]*>?")
_ATTRIBUTE = re.compile(r"""\s+[^\s=<>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?(?=[\s/>]|$)""")
_NESTING = re.compile(
    r"</?(?:(?P<block>div|section|article|main|center|ul|ol|li|dl|dd|dt|blockquote|table|tbody|tr|td|th|form|fieldset)"
    r"|[a-z][a-z0-9]*-[a-z0-9-]*|span|font|b|i|u|em|strong|small|big|a|label|ins|del|nobr)\b[^<>]*>",
    re.IGNORECASE,
)
# Characters that XML cannot hold; parsers stop at the first NUL.
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65534, 65535)) | dict.fromkeys(
    range(55296, 57344), "�"
)

_CONTROL_BYTES = bytes((*range(9), 11, 12, *range(14, 32), 127))
_NO_LETTERS = ("\ufffe".encode(), "\uffff".encode())


def parse_html(text: str) -> etree._Element | None:
    """The tree of a page, without scripts, styles, drawings and comments; None when it has no markup at all."""
    return parse_markup(text)[0]


def parse_markup(text: str) -> tuple[etree._Element | None, str]:
    """The tree of a page and the markup that it was built from.

    Its depth is bounded: markup nested deeper than libxml2 reads (256) loses its nesting, not its words.
    """
    markup = tame(text)
    tree, too_deep = _parse(markup)
    if too_deep:
        markup = _NESTING.sub(lambda tag: "<p>" if tag["block"] else "", markup)
        tree, _ = _parse(markup)
    return tree, markup


def tame(text: str) -> str:
    """The markup that is worth parsing."""
    text = _without_unseen(text[:MOST_CHARACTERS])
    if _is_unclean(text):
        text = text.translate(_CONTROL)
    if max(map(len, text.split("<"))) > MOST_TAG_CHARACTERS:  # a look at each tag takes three times as long
        text = _LONG_TAG.sub(_shorter, _LONG_VALUE.sub('=""', text))
    text = text[:MOST_MARKUP]
    if text.count("<") > MOST_TAGS:
        position = _position(text, MOST_TAGS)
        text = text[:position] + _ANY_TAG.sub("\n", text[position:])  # the words stay, for what they are worth
    return text


def _is_unclean(text: str) -> bool:
    """Does it hold anything of _CONTROL? Bytes are looked through five times as fast as letters."""
    try:
        octets = text.encode()
    except UnicodeEncodeError:
        return True  # half of a pair
    return len(octets.translate(None, _CONTROL_BYTES)) < len(octets) or any(mark in octets for mark in _NO_LETTERS)


def _without_unseen(text: str) -> str:
    """Drop comments, drawings, styles and all scripts but JSON-LD. An opening without its end is dropped alone."""
    kept: list[str] = []
    unclosed: set[str] = set()  # so that a thousand of them do not each search to the end
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        kept.append(text[position : opening.start()])
        name = "!--" if opening[1] else opening[2].lower()
        end = -1 if name in unclosed else _end_of(name, text, opening.end())
        if end < 0:
            unclosed.add(name)
            end = opening.end()
        elif name == "script" and _DATA.search(opening[3]):
            kept.append(text[opening.start() : end])
        position = end
    kept.append(text[position:])
    return "".join(kept)


def _end_of(name: str, text: str, start: int) -> int:
    """Where an element or comment that began before `start` is over; -1 when it never is."""
    if name == "!--":
        end = text.find("-->", start - 2)  # `<!-->` is a whole comment
        return end + 3 if end >= 0 else -1
    closing = _CLOSING[name].search(text, start)
    return closing.end() if closing else -1


def _shorter(tag: re.Match[str]) -> str:
    """A very long tag with no more attributes than honest tags have; long values are left as they are.

    A value that holds markup ends the pattern early, within its quotes: such a tag is not cut.
    """
    end = 0
    for _ in range(MOST_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(tag[2], end)
        if attribute is None:
            return tag[0]
        end = attribute.end()
    return f"<{tag[1]}{tag[2][:end]}"


def _position(text: str, tags: int) -> int:
    """Where the tag with this number begins."""
    position = -1
    for _ in range(tags):
        position = text.find("<", position + 1)
    return position


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    # lxml.html's own parser makes an object of Python for each element that is looked at: a tenth of the time of a page
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    return tree, any("depth" in entry.message for entry in parser.error_log)
