"""What short texts and addresses say of what they are: the usual phrases of menus, comments and links to more."""

import re

BOILERPLATE = re.compile(
    r"(?:share|tweet|print|email|advertisement|read (?:more|also|next)|related|see also|subscribe|sign up|log in|follow"
    r"|comments?\b|reply|photo|image|credit|source|by |updated|published|posted|copyright|©|all rights"
    r"|more (?:from|on|stories)|most read|you may|recommended|tags?:|filed under|click|download|add to|learn more"
    r"|view all|see all|load more|show more|back to|skip to|menu|search"
    r"|\d+ (?:min|comments?|shares?|likes?|views?|replies))",
    re.IGNORECASE,
)
COMMENTS = re.compile(
    r"(?:\d+ )?(?:reader )?(?:comments?|kommentar\w*|commentaires?|comentarios?|responses|replies|discussion)"
    r"(?: \(?\d*\)?)?:?$|\d+ (?:comments|replies|responses|thoughts)"
    r"|(?:leave a|post a|add a|join the|show|view|all|top) (?:comment|reply|conversation|discussion)",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"(?:related|recommended|more (?:from|on|in|stories|news|articles)|read (?:next|more|also)|you (?:may|might)"
    r"|most (?:read|popular|viewed)|popular|trending|latest|up next|see also|similar|don't miss|suggested"
    r"|also (?:read|on)|editor'?s picks?|lesen sie auch|mehr zum|auch interessant|à lire|sur le même|lire aussi"
    r"|leggi anche|lee también|te puede|ver también|zie ook|læs også|les også|läs också|czytaj)",
    re.IGNORECASE,
)
FORUM = re.compile(
    r"forum|/threads?/|/topics?/|viewtopic|showthread|/t/|/r/\w+/comments|community\.|boards?\.|discuss|/questions?/"
    r"|item\?id=|/thread-|answers\.",
    re.IGNORECASE,
)

PHRASES = "shouted starred credited calls".split()
MOST_WORDS = 40  # of a block that these are looked for in: longer ones are prose, whatever they mention
_CREDIT_WORDS = 8  # at the end of a caption
_CREDITS = frozenset(
    """getty images image reuters afp ap dpa epa photo photos photograph foto fotos bild bilder picture credit credits
    courtesy shutterstock istock imago alliance c © instagram wikimedia unsplash zdj фото 写真""".split()
)
# what a page asks of its readers
_CALLS = frozenset(
    """newsletter newsletters subscribe subscribed subscription subscriber subscribers abonnieren abonnement abonnez abo
    suscríbete suscribirse suscripción inscrivez iscriviti registrieren anmelden anmeldung melde melden download app
    advertisement advertising advertise sponsored sponsor cookie cookies email mail login log signup sign click more
    whatsapp telegram facebook twitter instagram tiktok comment comments kommentar kommentare copyright © rights related
    recommended share terms privacy listen jetzt hier follow join touch inbox account shop buy cart contact call don't
    miss also mehr lesen lees lire leer watch""".split()
)
_LEAD, _LEAST_LEAD = 60, 20  # characters of a description that are held against a block
_MARKS = str.maketrans(dict.fromkeys('.,:;!?()[]|/"“”-–…', " "))


def phrases_of(text: str, words: int) -> list[float]:
    """What a block sounds like: PHRASES."""
    if words > MOST_WORDS:
        return [0.0, 0.0, 0.0, 0.0]
    said = text.lower().translate(_MARKS).split()
    return [
        text.isupper(),
        text.startswith(("*", "•", "–", "-", ">")),
        not _CREDITS.isdisjoint(said[-_CREDIT_WORDS:]),
        not _CALLS.isdisjoint(said),
    ]


def folded(text: str) -> str:
    """Words without case, one space between two."""
    return " ".join(text.casefold().split())


def described(text: str, description: str) -> list[float]:
    """Does a page's own description, folded, hold this block, or begin as it does? Teasers do, and leads."""
    if not description or len(text) <= _LEAST_LEAD:
        return [0.0, 0.0]
    opening = folded(text[: len(description) + _LEAST_LEAD])
    return [opening in description, opening[:_LEAD] == description[:_LEAD]]
