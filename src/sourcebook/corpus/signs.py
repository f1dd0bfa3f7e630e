"""Does a page have anything that could be a citation by key? Nearly none does, and it must cost them nothing."""

# An address, an e-mail, an escape, a decorator within a word: nothing in which a key begins.
_NOT_BEFORE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@/.\\")
_IMPORTS = (b"from", b"port")  # `import {R} from '@components'`
_ROLES = (b"cite}`", b"cite:")


def may_cite_by_key(data: bytes) -> bool:
    """Is a closer look worth it?"""
    at = data.find(b"@")
    while at >= 0:
        if not at or (data[at - 1] not in _NOT_BEFORE and data[at - 6 : at - 2] not in _IMPORTS):
            return True
        at = data.find(b"@", at + 1)
    return any(role in data for role in _ROLES)
