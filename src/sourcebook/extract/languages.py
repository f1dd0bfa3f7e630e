"""The language of a page: what it says, held against its words. Pure.

Scripts tell many languages by themselves; the small words that every sentence needs tell the others.
"""

import re
from collections import Counter

from sourcebook.extract.evidence import Evidence, Found, conflicts_with
from sourcebook.types.documents import Confidence

MOST_CHARACTERS = 6_000  # more text does not change the answer
LEAST_WORDS = 60  # fewer words cannot deny what a page says
LEAST_SHARE = 0.08  # of the words: running text in any of these languages has twice as many of its small words
MARGIN = 1.3  # so many times the next language: neighbours such as Danish and Norwegian share many of their small words

_TAGS = (("citation_language", "dc.language", "dcterms.language"), ("content-language", "language", "og:locale"))
_TAG = re.compile(r"^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),  # before Chinese, whose characters Japanese uses as well
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
)
_NOT_LATIN = re.compile(r"[\u0370-\ud7af]")  # all of these scripts, and Cyrillic and Arabic, whose words tell
_SCRIPT_SHARE = 0.2  # of the letters; pages of programmers quote English at length
_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is that for it with as was on are be this by at from have not you they which",
        "de": "der die das und ist nicht von den mit ein eine für auf dem sich des im zu auch werden dass sie wird",
        "fr": "le la les des et est dans une pour que qui sur pas plus par avec ce sont au aux il elle cette",
        "es": "el la los las que y en un una por con para del se no su como más es fue lo al",
        "it": "il di che la è un una per non con del della sono gli le dei alla nel anche più si come",
        "pt": "o a os as que e não em um uma para com do da dos das por mais como foi ao são se",
        "nl": "de het een van en in is dat niet op te voor met zijn aan er om ook door naar bij wordt",
        "sv": "och att det som en är av för den på med inte till har de ett om var från kan",
        "no": "og i det er på som en av til for at med ikke har den et fra ble etter ut",
        "da": "og i det er på som en af til for at med ikke har den et fra blev efter ud",
        "fi": "ja on ei että se oli hän mutta kun ovat myös joka kuin sen mukaan ole niin jos",
        "pl": "i w na z nie się do to że jest o jak po od za ale przez przy dla są który",
        "cs": "a v na se je že o s z do i to pro jsou ale by jako za který podle bude",
        "hu": "a az és hogy nem is egy van volt meg ez csak már de még mint azt el után",
        "ro": "și de în la a cu pe un o că nu din pentru este mai care au fost sau prin",
        "tr": "ve bir bu da de için ile olarak olan daha çok gibi ancak kadar sonra ise olduğu en",
        "id": "yang dan di ini dengan untuk dari pada dalam tidak akan itu oleh juga ke adalah karena sebagai",
        "vi": "và của là có trong được cho không các với một những này người đã khi từ đến",
        "ca": "amb els les dels però és aquest aquesta també perquè pel han ser seva molt sense tot fins entre quan",
        "hr": "i u je na se da za su od s koji ne o kao to iz će bi ali nije",
        "is": "og að í á er sem það við um til en ekki var fyrir hann með af eru hafa",
        "ru": "и в не на что с по как это его из для но за от все так же был она",
        "uk": "і в на що з не до та як за для від це його про але був які також цього",
        "bg": "и на в да се за от е не с са по като това че ще със при до бе",
        "sr": "и у је на да се за су од са који не о као то из ће би али није",
        "ar": "في من على أن إلى عن التي الذي هذا هذه مع كان ما لا بعد قد بين كما ذلك لم",
        "fa": "در به از که این را با است برای آن یک خود تا شد بر هم نیز می های کرد",
        "ur": "کے کی میں ہے کا سے نے اور کو پر کہ یہ بھی ہیں اس ایک تھا نہیں",
    }.items()
}


def find_language(evidence: Evidence, text: str) -> Found | None:
    """The language as a BCP 47 tag: what the page says, unless its words clearly say otherwise."""
    said = [Found(tag, found.origin) for found in _said(evidence) if (tag := _tag(found.value))]
    heard = language_of(text)
    if not said:
        return Found(heard, "text", Confidence.MEDIUM) if heard else None
    if heard and not any(_same_language(heard, found.value) for found in said):
        return Found(heard, "text", Confidence.MEDIUM, conflicts_with(heard, said, _same_language))
    chosen = next((found for found in said if heard and _same_language(heard, found.value)), said[0])
    conflicts = conflicts_with(chosen.value, said, _same_language)
    sure = not conflicts or (heard and chosen is said[0])
    return chosen._replace(confidence=Confidence.HIGH if sure else Confidence.MEDIUM, conflicts=conflicts)


def _said(evidence: Evidence) -> list[Found]:
    """The page's own attribute, tags of works, other tags, JSON-LD."""
    tags = [evidence.meta(*names) for names in _TAGS]
    return [
        Found(evidence.language, "lang"),
        *(found for found in tags if found is not None),
        *(Found(thing.language, "json-ld") for thing in evidence.things if thing.language),
    ]


def _tag(said: str) -> str:
    """A tag as BCP 47 writes it, "en-GB"; "" for what is none."""
    said = said.partition(",")[0].strip()
    if not _TAG.match(said):
        return ""
    first, *rest = re.split("[-_]", said)
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _same_language(one: str, other: str) -> bool:
    """Norwegian has a tag for each of its two ways of writing."""
    first, second = (_ALIKE.get(tag.partition("-")[0], tag.partition("-")[0]) for tag in (one, other))
    return first == second


_ALIKE = {"nb": "no", "nn": "no", "in": "id", "iw": "he", "bs": "hr", "sh": "hr"}


def language_of(text: str) -> str:
    """The language that a text is written in; "" when it is too short or too mixed to tell."""
    text = text[:MOST_CHARACTERS]
    letters = 0 if text.isascii() else sum(map(str.isalpha, text))
    if letters > LEAST_WORDS and len(_NOT_LATIN.findall(text)) > letters * _SCRIPT_SHARE:
        for language, script in _SCRIPTS:
            if len(script.findall(text)) > letters * _SCRIPT_SHARE:
                return language
    words = _WORD.findall(text.casefold())
    if len(words) < LEAST_WORDS:
        return ""
    counts = Counter(words)
    distinct = frozenset(counts)
    found = ((small & distinct, language) for language, small in _SMALL_WORDS.items())
    shares = sorted(((sum(counts[word] for word in small) / len(words), language) for small, language in found))[::-1]
    (best, language), (second, _) = shares[:2]
    return language if best >= LEAST_SHARE and best >= second * MARGIN else ""
