"""Which addresses stand, and how Telegram writes them."""

import pytest

from bot.playground.text.links import BadLink, checked_link, linked_user


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("spacex.com", "http://spacex.com/"),
        ("HTTPS://E.Org/A?b#c", "https://e.org/A?b#c"),
        ("http://e.org?a=b", "http://e.org/?a=b"),
        ("http://u:p@e.org:080/", "http://u:p@e.org:80/"),
        ("http://e.org/a b ", "http://e.org/a%20b"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("http://127.0.0.1:8000/hook", "http://127.0.0.1:8000/hook"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("TG:settings", "tg://settings/"),
    ],
)
def test_a_good_address_is_completed(address: str, kept: str) -> None:
    assert checked_link(address) == kept


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("localhost", "Wrong HTTP URL"),
        ("ftp://e.org", "Unsupported URL protocol"),
        ("javascript:alert(1)", "Wrong port number specified in the URL"),
        ("http://", "URL host is empty"),
        ("http://.", "Host is invalid"),
        ("http://e.org:99999", "Wrong port number specified in the URL"),
        ("http://e%zz.org", "Wrong percent-encoded symbol in URL host"),
        ("http://e{.org", "Disallowed character in URL host"),
        ("tg://a.b", "Unallowed characters in URL host"),
        ("tg://http://e.org", "Wrong tg URL"),
    ],
)
def test_a_bad_address_is_refused_with_the_reason(address: str, why: str) -> None:
    with pytest.raises(BadLink, match=why):
        checked_link(address)


@pytest.mark.parametrize(
    ("address", "user_id"),
    [("tg://user?id=42", 42), ("TG:user?a=b&id=7#x", 7), ("tg://users?id=1", 0), ("e.org", 0)],
)
def test_an_address_may_name_a_person(address: str, user_id: int) -> None:
    assert linked_user(address) == user_id
