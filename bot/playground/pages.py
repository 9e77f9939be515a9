"""The page's own files, which come with the package."""

from functools import cache
from importlib import resources

from aiohttp import web

_MODULES = ("page", "chat", "text", "talk", "sheets", "inspector")
_KINDS = {
    "index.html": "text/html",
    "page.css": "text/css",
    "icon.svg": "image/svg+xml",
    **{f"{name}.js": "text/javascript" for name in _MODULES},
}


def add_pages(app: web.Application) -> None:
    """Have an application serve the page at ``/``, and what it needs beside it."""
    app.router.add_get("/", _serve)
    app.router.add_get("/{name}", _serve)


async def _serve(request: web.Request) -> web.Response:
    name = request.match_info.get("name", "index.html")
    if name not in _KINDS:
        raise web.HTTPNotFound
    return web.Response(body=_read(name), content_type=_KINDS[name], charset="utf-8")


@cache
def _read(name: str) -> bytes:
    return (resources.files("bot.playground") / "page" / name).read_bytes()
