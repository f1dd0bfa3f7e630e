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
