"""Which addresses Telegram accepts in links and buttons, and how it writes them."""

import re
import string

_AUTHORITY = re.compile(r"[^/?#]*")
_WEB_SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
_OWN_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_HOST_CHARACTERS = frozenset(string.ascii_letters + string.digits + ".-_!$,~*'();&+=")
_USER_LINK = re.compile(r"tg:(?://)?user/?\?(?:[^#]*&)?id=(\d+)(?:[&#].*)?", re.IGNORECASE)
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_MOST_PORT = 65535
_FIRST_NOT_ASCII = 128


class BadLink(ValueError):
    """Telegram refuses the address; the message says why in its words."""


def linked_user(address: str) -> int:
    """Return the user that a ``tg://user?id=…`` address names; 0 for any other address."""
    found = _USER_LINK.fullmatch(address)
    return int(found[1]) if found else 0


def checked_link(address: str) -> str:
    """Return the address as Telegram keeps it: scheme and path completed, host small."""
    own = _OWN_SCHEME.match(address)
    if own:
        return _own_link(own[1].lower(), address[own.end() :])
    scheme, authority, rest = _parts(address)
    host = authority.rpartition("@")[2]
    if "." not in host and not host.startswith("["):
        raise BadLink("Wrong HTTP URL")
    return f"{scheme}://{authority}{rest}"


def _own_link(scheme: str, rest: str) -> str:
    web, authority, path = _parts(rest)
    if web != "http" or rest.lower().startswith("http://") or set(authority) & set("@:["):
        raise BadLink("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    allowed = set(string.ascii_letters + string.digits + "-_")
    if scheme == "tonsite":
        allowed.add(".")
    if set(authority) - allowed:
        raise BadLink("Unallowed characters in URL host")
    return f"{scheme}://{authority}{path[1:] if path.startswith('/?') else path}"


def _parts(address: str) -> tuple[str, str, str]:
    scheme = "http"
    found = _WEB_SCHEME.match(address)
    if found:
        scheme, address = found[1].lower(), address[found.end() :]
        if scheme not in {"http", "https"}:
            raise BadLink("Unsupported URL protocol")
    matched = _AUTHORITY.match(address)
    authority = matched[0] if matched else ""
    return scheme, _checked_authority(authority), _path(address[len(authority) :])


def _checked_authority(authority: str) -> str:
    userinfo, at, host_and_port = authority.rpartition("@")
    host, colon, port = host_and_port.rpartition(":")
    if not colon or not host or port.endswith("]"):
        host, port = host_and_port, ""
    elif not (port.isascii() and port.isdigit() and 0 < int(port) <= _MOST_PORT):
        raise BadLink("Wrong port number specified in the URL")
    if not host:
        raise BadLink("URL host is empty")
    if host == ".":
        raise BadLink("Host is invalid")
    if not host.startswith("["):
        _check_part(host, "host", "")
    _check_part(userinfo, "userinfo", ":")
    return f"{userinfo}{at}{host.lower()}{f':{int(port)}' if port else ''}"


def _check_part(part: str, name: str, also: str) -> None:
    rest = _PERCENT.sub("", part)
    if "%" in rest:
        raise BadLink(f"Wrong percent-encoded symbol in URL {name}")
    if any(
        ord(character) < _FIRST_NOT_ASCII
        and character not in _HOST_CHARACTERS
        and character not in also
        for character in rest
    ):
        raise BadLink(f"Disallowed character in URL {name}")


def _path(rest: str) -> str:
    rest = rest.rstrip(" \t\r\n\0\v")
    if not rest.startswith("/"):
        rest = f"/{rest}"
    return "".join(f"%{ord(c):02X}" if c <= " " else c for c in rest)
