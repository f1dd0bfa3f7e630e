"""The headers that every answer carries."""

# Pages load our own style sheet and nothing else: text that slipped through escaping could still do nothing.
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-cache",
}

# The work queue loads one script of ours besides, for its keys.
SCRIPTED = {**HEADERS, "content-security-policy": f"{HEADERS['content-security-policy']}; script-src 'self'"}

# The page of a build also asks for its progress.
WATCHING = {**SCRIPTED, "content-security-policy": f"{SCRIPTED['content-security-policy']}; connect-src 'self'"}
