"""Which language a text is in, as far as its commonest words and its script tell. Pure."""

import re
from collections import Counter

# The commonest short words of each language, without those that others share.
_COMMON = {
    "en": "the of and to is was that for with as his on are by this it from which were have has had been not but",
    "de": """der die das und ist von mit den für auf nicht ein eine dem des sich auch es wird wurde sind im zum zur
        wurden nach bei oder über einem einen einer haben sie kein keine""",
    "fr": """le les des et est dans une pour que qui sur par au du pas plus avec sont ce aux cette été il elle ont
        était leur deux aussi jamais""",
    "es": """el los las y es del una por con para se su como más fue al lo pero sus ha está son entre
        fueron nunca""",
    "it": "il di che è della per una sono con non dei delle nel alla gli anche si più dal ha come",
    "pt": "o os do da dos das em uma não com por mais foi ao são pelo pela como mas ser também",
    "nl": "de het een van en is dat op te in voor met zijn niet aan ook door bij naar wordt werd uit",
    "sv": "och att det som en på är av för med den till inte om ett har de var från",
    "pl": "w i na się z nie do jest to że od przez jak po oraz był została są",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
UNSPACED = {"ja": "Japanese", "th": "Thai", "zh": "Chinese"}  # the languages that part no words, as people call them
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_CHARACTERS = 4_000
_LEAST_WORDS = 3  # fewer common words tell nothing: titles and names travel
_LEAD = 2.0  # how many times as many as of the next language
_FEW = 2  # of a short claim: different words, none of them capitalised, and none of another language
_IN_NAMES = frozenset("von van der den de del da do dos das di du et".split())


def language_of(text: str) -> str:
    """The language of a text, "en"; "" when nothing tells."""
    text = text[:_MOST_CHARACTERS]
    letters = len(_LETTER.findall(text))
    for language, script in _SCRIPTS.items():
        if letters and len(script.findall(text)) > letters * (0.1 if language == "ja" else 0.5):
            return language
    words = Counter(_WORD.findall(text.lower()))
    counts = Counter(
        {language: sum(words[word] for word in common) for language, common in _WORDS.items()}
    ).most_common(2)
    (first, most), (_, next_most) = counts
    return first if most >= _LEAST_WORDS and most >= _LEAD * next_most else _by_few_words(text)


def _by_few_words(text: str) -> str:
    """The same of a claim of a few words: no word may speak for another language, and none be a part of a name."""
    first, *others = _WORD.findall(text) or [""]
    words = {word for word in (first.lower(), *others) if word.islower() and len(word) > 1} - _IN_NAMES
    told = [(language, len(common & words)) for language, common in _WORDS.items() if common & words]
    return told[0][0] if len(told) == 1 and told[0][1] >= _FEW else ""
