"""The style sheet, the script and the icon: read once, addressed by their digest, kept by browsers for ever."""

import hashlib
from importlib.resources import files

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from sourcebook.errors import NotFoundError
from sourcebook.web.headers import HEADERS

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"


class Asset(Struct, frozen=True):
    """A file that pages load."""

    name: str
    body: bytes
    media_type: str
    digest: str

    @property
    def address(self) -> str:
        """Changes whenever the file does, so that no browser shows an old one."""
        return f"/static/{self.name}?v={self.digest}"


def read_assets() -> dict[str, Asset]:
    """Every file of the static folder, by name."""
    found = {}
    for file in files("sourcebook.web").joinpath("static").iterdir():
        body = file.read_bytes()
        media_type = _TYPES.get(file.name.rpartition(".")[2])
        if media_type:
            found[file.name] = Asset(file.name, body, media_type, hashlib.sha256(body).hexdigest()[:12])
    return found


class AssetPages:
    """Answers `/static/…`; only names that were read are known, so no path leads out of the folder."""

    def __init__(self, assets: dict[str, Asset]) -> None:
        self._assets = assets

    def show(self, request: Request) -> Response:
        """The file. An address with today's digest may be kept for ever, any other is asked for again."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise NotFoundError(f"no file {request.path_params['name']!r}", "go back to the page that you came from")
        current = request.query_params.get("v") == asset.digest
        tag = f'"{asset.digest}"'
        headers = HEADERS | {"etag": tag, "cache-control": _FOR_EVER if current else "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(asset.body, media_type=asset.media_type, headers=headers)
