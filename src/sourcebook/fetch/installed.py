"""Is there a browser to show pages in? Answered without loading what drives one."""

import importlib.util
import os
import shutil

RENDER = ("never", "needed", "always")  # what the setting `fetch.render` may say
UNCAGED = "without its own sandbox (--no-sandbox), which it cannot have when it is started by root"
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser(named: str) -> tuple[str, tuple[str, str] | None]:
    """The browser's program, and what is missing to use it: in words, with what to do about it; None when nothing is.

    `named` is the setting `fetch.browser`.
    """
    if importlib.util.find_spec("playwright") is None:
        return "", ("what drives it is not installed", "pip install 'sourcebook[browser]'")
    program = next((found for name in ([named] if named else _NAMES) if (found := shutil.which(name))), "")
    if program:
        return program, None
    if named:
        return "", (f"there is no program {named!r}", "name a Chromium in fetch.browser, or leave the setting empty")
    return "", (
        "there is no Chromium",
        "install it (Debian: apt install chromium), or name its program in fetch.browser",
    )


def is_root() -> bool:
    """Chromium cannot shut itself in when it is started by root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
