"""The web app: the library's records as pages for people and as JSON for programs."""

from sourcebook.web.app import make_app
from sourcebook.web.server import serve

__all__ = ["make_app", "serve"]
