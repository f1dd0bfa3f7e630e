"""Names in bylines: who is a person, who is a team or an agency, and what is neither. Pure."""

import re
from collections.abc import Iterator

MOST_NAME = 60  # characters
MOST_NAME_WORDS = 5

_BY_WORDS = (
    r"(?:by|von|par|por|di|da|door|av|af|przez|yazan|authors?|auteur|autore?|autorin|автор|text(?: von)?|words by)"
)
BY = re.compile(
    r"^(?:[\W_]*(?:(?:written|posted|published|submitted|reported|created|authored|story|words?|text"
    rf"|article|post|veröffentlicht|geschrieben|rezept|ein beitrag)\s+)?{_BY_WORDS}\b[:\s]*)+",
    re.IGNORECASE,
)
BY_IN_TEXT = re.compile(
    r"\b(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Aa]utor(?:in)?:|[Aa]uthor:):?\s+((?:[A-ZÀ-Þ][\w.'’-]*\s+){1,3}[A-ZÀ-Þ][\w'’-]+)"
)
_MONTH = (
    r"(?:jan(?:uar[yi]?)?|feb(?:ruar[yi]?)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|ma[iy]|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?"
    r"|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
)
_DATED = re.compile(
    rf"\b{_MONTH}(?=[\s,]*\d)|(?<=\d)[\s.,]*{_MONTH}|\s{_MONTH}$|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b\S*\d\S*|\b[ap]\.?m\.?(?=\W|$)",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"\s*(?:[|•·–—/\n]|\s-\s|\b(?:published|updated|posted|last|reviewed|edited|photo|übersetzung|veröffentlicht|publié"
    r"|aktualisiert|alle|on(?=\s+\w+\s+\|))\b:?|\bin\s+[A-Z]\w+$)+\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:;|,|\s+and\s+|\s+&\s+|&amp;|\s+und\s+|\s+et\s+|\s+y\s+|\s+with\s+|\s+og\s+|\s+en\s+(?=[A-Z]))\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:writers?|reporters?|editors?|editorial|correspondents?|columnists?|contributors?|contributing|journalists?|staff"
    r"|newsroom|desk|team|bureau|agency|agencies|press|reuters|afp|dpa|news|admin|administrator|author|guest|senior"
    r"|director|manager|professor of|ceo|founder|producer|photographer|analyst|fellow|researcher|redaktion|redaktør"
    r"|rédaction|redacción|webmaster|user|anonymous|unknown|about|follow|contact|view|more|posts?|share|email|website"
    r"|bio|artikel|chefredakteur|webteam|marketing|strategy|coordinator|sponsored|magazine|institute|university|department|ministry|foundation|association|company|inc|ltd|gmbh|llc|group|network"
    r"|committee|council|office|centre|center|authority|commission|government|court|parliament|society|union"
    r"|laborator(?:y|ies)|labs?|times|media|studio|online|tv|radio|blog|official|read|min|minutes?|mins|subscribe|comments?"
    r"|newspaper|zeitung|symbolbild|foto|photo|image|images|e\.v|corporation|technologies|solutions|services|submissions"
    r"|tips|jobs|veterinarian|profil|genre|edition|published|editores)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:team|staff|editors?|editorial board|newsroom|news desk|desk|redaktion|rédaction|redacción|redazione|redactie"
    r"|contributors?|press office|webteam|report|editorial)\b|-team\b",
    re.IGNORECASE,
)
_AGENCIES = frozenset(
    """reuters afp dpa ap associatedpress theassociatedpress sid apa ansa efe xinhua tass pti kyodo bloomberg
    bloombergnews ntb tt ritzau belga pa pamedia upi ians ani yonhap anadoluagency anadoluajansı agencefrancepresse
    canadianpress thecanadianpress aap epd kna""".split()
)
_DEGREE = re.compile(
    r"^(?:ph\.?\s?d|m\.?\s?d|m\.?sc|m\.?a|b\.?a|b\.?sc|ms|mba|mph|jr|sr|rn|rdn?|ld|esq|cpa|cfa|dds|dvm|jd|do|ii|iii"
    r"|lcsw|pharm\.?d)\.?$",
    re.IGNORECASE,
)
_HONOUR = re.compile(r"^(?:dr|prof|professor|mr|mrs|ms|sir|dame|rev)\.?\s+(?=\S+\s)", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"[@:/\\<>{}\[\]=_#?!\"“”×©…%]|https?|www\.|\.(?:com|org|net|de)\b|\d")
_ARTICLE = re.compile(
    r"^(?:the|der|die|das|le|les|los|il|a|an|our|all|this|your|in|on|for|from|at|of|and|or|my|we|is|how|what)\b",
    re.IGNORECASE,
)
_OTHER_HANDS = re.compile(
    r"\b(?:edited|(?:medically |expertly |clinically )?reviewed|fact[- ]checked|translated|illustrated|photos?"
    r"|photograph(?:ed|s)|compiled|narrated)\s+by\b.*",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\(\s*(?:https?:|www\.)", re.IGNORECASE)  # a site signs with its address
_OPENS = re.compile(r"^(?:[,;&]|(?:and|und|et|y|with|og|en)(?:\s|$))", re.IGNORECASE)
_STAYS_OPEN = re.compile(r"(?:[,;&]|\b(?:and|und|et|y|with|og))$", re.IGNORECASE)
_ACCOUNT = re.compile(r"^(?=.*[^\W\d])[\w.'-]{3,30}$")
_CREDIT = re.compile(r"^(?:quelle|source|fonte|fuente|bron)\s*:\s*", re.IGNORECASE)
_PARTICLES = frozenset(
    """de da di do del della dos das du des la le el al van von der den ten ter te bin ibn bint zu zum zur y e i af
    av""".split()
)
_UNCASED = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def people_in(text: str, *, strong: bool, last_first: bool = False) -> Iterator[str]:
    """The people that a byline names. `strong`: the text is known to be names, so that "By" need not stand there.
    `last_first`: it is written "Doe, Jane A."."""
    text = " ".join(text[:5_000].split())
    text = _OTHER_HANDS.sub("", text)
    if "://" in text[:MOST_NAME] or _ADDRESSED.search(text):
        return
    if last_first and (swapped := _last_name_first(text, any_name=True)) is not None:
        yield swapped
        return
    by = BY.match(text)
    if by is not None:
        text = text[by.end() :]
    elif not strong and len(text) > MOST_NAME:
        return
    if (swapped := _last_name_first(text, any_name=False)) is not None:
        yield swapped
        return
    yield from _first_names(_segments(text), strong=strong)


def _segments(text: str) -> list[str]:
    """A byline cut at dates, dashes and words that begin something else."""
    text = re.sub(r"\([^)]*\)", "", text)
    return [part.strip(" .,*·•|-–—") for part in _BREAK.split(_DATED.sub(" | ", text))]


def _first_names(segments: list[str], *, strong: bool) -> Iterator[str]:
    """The names of the first segment that has any."""
    alone = len(segments) == 1
    for segment in segments:
        parts = (_HONOUR.sub("", BY.sub("", part.strip(" .,*·•|-–—"))).strip() for part in _BETWEEN.split(segment))
        names = [name for name in parts if is_name(name, strong=strong) and (alone or is_full_name(name))]
        if names:
            yield from (_cased(name) for name in names)
            return


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else name


def is_name(text: str, *, strong: bool = False) -> bool:
    """Could this be the name of one person? `strong`: one word will do."""
    words = text.split()
    uncased = _UNCASED.search(text) is not None
    if not 3 <= len(text) + uncased <= MOST_NAME or len(words) > MOST_NAME_WORDS or _is_something_else(text):
        return False
    if uncased or len(words) == 1:
        return (uncased and len(words) > 1) or (strong and not (text.isupper() and len(text) < 5))
    if strong and len(words) < 4 and len(text) > 6:
        return True  # "jane doe": people write their own names as they like
    return words[-1][0].isupper() and all(word[0].isupper() or word.lower().strip("'’") in _PARTICLES for word in words)


def _is_something_else(text: str) -> bool:
    """Is it a role, a degree, an agency, an address or a piece of a sentence?"""
    patterns = (_NOT_A_NAME.search, _ROLE.search, _ARTICLE.match, _DEGREE.match)
    return any(pattern(text) for pattern in patterns) or fold_letters(text) in _AGENCIES


def is_full_name(text: str) -> bool:
    """Is it a name of at least two words, or of a script that needs no space between them?"""
    return " " in text or _UNCASED.search(text) is not None


def group_in(text: str) -> str:
    """The team or the agency that a byline names, "the Example Team", "dpa"; "" when it names none."""
    by = BY.match(text)
    text = _CREDIT.sub("", " ".join(text[by.end() :].split()) if by is not None else text)
    for segment in [text, *_segments(text)]:
        folded = fold_letters(segment)
        if 1 < len(segment) <= MOST_NAME and len(segment.split()) <= MOST_NAME_WORDS:
            parts = {fold_letters(part) for part in re.split(r"[/,]|\s(?:et|and|und|y|e)\s", segment)}
            if folded in _AGENCIES or parts & _AGENCIES or (_TEAM.search(segment) and not _NOT_A_NAME.search(segment)):
                return segment.strip()
    return ""


def _last_name_first(text: str, *, any_name: bool) -> str | None:
    """ "Doe, Jane A." as "Jane A. Doe"; None when the text is not of that form. Outside of scholarly tags, the last
    name must be one word: "Jane Doe, CNN" and "Jane Doe, John Roe" are written so as well."""
    last, comma, first = text.partition(",")
    last, first = last.strip(), first.strip()
    if (
        not comma
        or "," in first
        or not (first and last)
        or len(last.split()) > 3
        or len(first.split()) > 3
        or ";" in text
    ):
        return None
    plain = len(last.split()) == 1 or last.split()[0].islower() or any_name
    if not plain or _DEGREE.match(first) or (first.isupper() and len(first) > 2 and "." not in first and not any_name):
        return None
    name = f"{first} {last}"
    return name if is_name(name) and not re.search(r"\b(?:and|und|et)\b", text) else None


def goes_on(before: str, after: str) -> bool:
    """Does a list of names go on from one text of a page to the next?"""
    return _OPENS.match(after) is not None or _STAYS_OPEN.search(before) is not None


def account_in(text: str) -> str:
    """The account that a byline names in one word; "" when it names none."""
    by = BY.match(text)
    word = (text[by.end() :] if by is not None else text).strip(" .,|·•:-")
    return word if _ACCOUNT.match(word) and not _ROLE.search(word) else ""


def fold_letters(name: str) -> str:
    """Letters and digits only, without case: the same name however it is set."""
    return "".join(character for character in name.casefold() if character.isalnum())
