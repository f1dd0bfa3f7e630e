"""Parts of a text that are not what its source says: reference lists, footnotes, links to other pages, comments. Pure.

A quote found in a bibliography is the title of another work, so whoever looks for evidence passes over these.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sourcebook.types.documents import Region, RegionKind

_REFERENCES = """
    references, reference list, list of references, references cited, cited references, references and notes,
    notes and references, references and further reading, bibliography, selected bibliography,
    select bibliography, works cited, works consulted, literature cited, cited literature, literature,
    citations, sources, sources and notes, literatur, literaturverzeichnis, literaturangaben, quellen,
    quellenverzeichnis, einzelnachweise, références, références bibliographiques, bibliographie,
    notes et références, sources et références, referencias, referencias bibliográficas, bibliografía, fuentes,
    notas y referencias, riferimenti, riferimenti bibliografici, bibliografia, fonti, note e riferimenti,
    referências, referências bibliográficas, fontes, notas e referências, referències, literatuur,
    literatuurlijst, referenties, bronnen, bronvermelding, referenser, källor, källförteckning, referanser,
    referencer, kilder, litteratur, litteraturliste, lähteet, viitteet, literatura, źródła, przypisy, zdroje,
    források, irodalom, kaynakça, kaynaklar, referințe, литература, список литературы, источники, примечания,
    джерела, література, примітки, βιβλιογραφία, παραπομπές, المراجع, مراجع, المصادر, ביבליוגרפיה,
    הערות שוליים, منابع, 参考文献, 参考资料, 參考文獻, 參考資料, 参考資料, 出典, 引用文献, 참고문헌, 참고 문헌,
    출처, tài liệu tham khảo, daftar pustaka, referensi, อ้างอิง
"""
_FOOTNOTES = """
    footnotes, footnote, endnotes, end notes, notes, fußnoten, anmerkungen, notes de bas de page, notas,
    notas al pie, notas de rodapé, voetnoten, noten, fotnoter, noter, сноски, 脚注, 注释, 註釋, 각주
"""
_LINKS = """
    see also, external links, further reading, related, related articles, related links, related posts,
    related content, related stories, related reading, related pages, related topics, related news,
    related resources, more stories, more articles, more on this story, more on this topic, read more,
    read next, read also, recommended, recommended reading, recommended articles, recommended stories,
    you may also like, you might also like, most read, you may be interested in, siehe auch, weblinks,
    weiterführende links, weiterführende informationen, mehr zum thema, voir aussi, liens externes,
    articles connexes, à lire aussi, sur le même sujet, véase también, enlaces externos, voci correlate,
    collegamenti esterni, leggi anche, ver também, ligações externas, zie ook, externe links, se även,
    externa länkar, se også, katso myös, zobacz też, linki zewnętrzne, ayrıca bakınız, dış bağlantılar,
    см. также, ссылки, 关联项目, 相关条目, 外部链接, 関連項目, 外部リンク, 같이 보기, 외부 링크
"""
_COMMENTS = """
    comments, comment, reader comments, leave a comment, leave a reply, join the discussion, responses,
    replies, kommentare, commentaires, comentarios, comentários, commenti, reacties, комментарии
"""
_KINDS = {
    name.strip(): kind
    for kind, names in (
        (RegionKind.REFERENCES, _REFERENCES),
        (RegionKind.FOOTNOTES, _FOOTNOTES),
        (RegionKind.LINKS, _LINKS),
        (RegionKind.COMMENTS, _COMMENTS),
    )
    for name in names.split(",")
}
# These also head what the source itself says: "Sources" of a river, "Notes" of a recipe. Their items decide.
_DOUBTFUL = frozenset(
    """
    sources notes note citations literature related notas noten noter quellen fuentes fonti fontes bronnen
    kilder källor lähteet literatura litteratur literatuur литература источники anmerkungen responses replies
    comment 出典
    """.split()
)
_AFTERWARDS = re.compile(
    r"(?:appendix|appendices|annex|supplementa\w+|acknowledge?ments?|about the authors?|author contributions?|funding"
    r"|conflicts? of interest|competing interests|biograph(?:y|ies)|glossary|index)\b",
    re.IGNORECASE,
)
# "7.2 References", "(12) Comments", "Comments (12)"
_COUNT = re.compile(r"^\(?[\dIVX]{1,6}(?:\.\d{1,2})*[.)]?\s+|\s*\(\d{1,6}\)$")
_HEADING = re.compile(r"(#{1,6}) +(.*)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b")
_MARKED = re.compile(r"(?:[-*•^]|\[\^?\w{1,12}\]|\(?\d{1,3}[.)\]]|\d{1,3}\s|\^)\s*")
_CITES = re.compile(
    r"\bdoi\b|https?:|\bwww\.|\bpp?\. ?\d|\bvol\b|\bno\. ?\d|\bet al\b|\bisbn\b|\barxiv\b|\bed(?:s|itors?|\.)"
    r"|\bretrieved\b|\baccessed\b|\barchived\b|\bjournal\b|\bproceedings\b|\buniversity press\b|\bibid|\bop\. cit"
    r"|\d{1,4} ?\(\d{1,3}\)|\d{1,4} ?: ?\d{1,5}|\bNature\b|\bScience\b|[“\"«„].{8,}?[”\"»“]",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
_LEAST_RUN = 5  # so many lines in a row that look like references are a list, whatever stands over them


class _Block(Struct, frozen=True):
    start: int
    end: int
    level: int  # of a heading, 1 to 6; 0 for everything else
    words: str  # of a heading or a short block, folded, without its number; "" for the rest


def find_regions(text: str) -> tuple[Region, ...]:
    """The regions of a text in light Markdown, in order; none lies within another."""
    blocks = list(_blocks(text))
    regions: list[Region] = []
    position = 0
    while position < len(blocks):
        found = _named_region(text, blocks, position) or _bare_list(text, blocks, position)
        if found is None:
            position += 1
            continue
        kind, after = found
        regions.append(Region(kind, blocks[position].start, blocks[after - 1].end))
        position = after
    return tuple(regions)


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks of a text; a piece of code is one block, whatever lines it holds."""
    start = 0
    while start < len(text):
        fenced = text.startswith("```", start)
        end = text.find("\n```", start) if fenced else text.find("\n\n", start)
        end = len(text) if end < 0 else text.find("\n\n", end + 1) if fenced else end
        end = len(text) if end < 0 else end
        yield _block(text, start, end, fenced)
        start = end + 2


def _block(text: str, start: int, end: int, fenced: bool) -> _Block:
    if fenced or end - start > 2 * _LONGEST_NAME or "\n" in text[start:end]:
        return _Block(start, end, 0, "")
    heading = _HEADING.fullmatch(text[start:end])
    words = heading[2] if heading else text[start:end]
    words = _COUNT.sub("", words).strip(" :*_¶[]#").casefold()
    return _Block(start, end, len(heading[1]) if heading else 0, words)


def _named_region(text: str, blocks: Sequence[_Block], position: int) -> tuple[RegionKind, int] | None:
    """The kind of the region that a block heads, and the number of the block after it."""
    block = blocks[position]
    kind = _KINDS.get(block.words)
    if kind is None:
        return None
    after = _end(blocks, position)
    lines = [line for inner in blocks[position + 1 : after] for line in text[inner.start : inner.end].split("\n")]
    if not lines:
        return None
    certain = block.level > 0 and block.words not in _DOUBTFUL
    if not certain and not _mostly_references(lines):
        return None
    return kind, after


def _end(blocks: Sequence[_Block], position: int) -> int:
    """The number of the first block after a section: a heading as high as its own, or what follows bibliographies."""
    level = blocks[position].level or 6
    for number in range(position + 1, len(blocks)):
        block = blocks[number]
        if block.level and (block.level <= level or _AFTERWARDS.match(block.words)):
            return number
        if not block.level and (_AFTERWARDS.fullmatch(block.words) or (level == 6 and block.words in _KINDS)):
            return number
    return len(blocks)


def _bare_list(text: str, blocks: Sequence[_Block], position: int) -> tuple[RegionKind, int] | None:
    """A list of references that nothing announces."""
    after, lines = position, 0
    while after < len(blocks) and blocks[after].level == 0:
        found = text[blocks[after].start : blocks[after].end].split("\n")
        if not all(_is_reference(line) for line in found):
            break
        after, lines = after + 1, lines + len(found)
    return (RegionKind.REFERENCES, after) if lines >= _LEAST_RUN else None


def _mostly_references(lines: Sequence[str]) -> bool:
    return sum(_is_reference(line) for line in lines) * 2 > len(lines)


def _is_reference(line: str) -> bool:
    """Does a line read like an entry of a bibliography: marked, dated, and with the parts of a citation?"""
    line = line[:600]
    return _MARKED.match(line) is not None and _YEAR.search(line) is not None and _CITES.search(line) is not None
