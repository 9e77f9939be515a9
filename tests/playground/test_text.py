"""Telegram's own parser and the fallback say the same of the same texts."""

from typing import Any

import pytest

from bot.playground.refusals import Refused
from bot.playground.text import tdlib
from bot.playground.text.entities import STYLES, Entity, FormattedText
from bot.playground.text.fallback import FallbackEngine
from bot.playground.text.reading import TextReader
from bot.playground.text.writing import to_html, to_lines

ENGINES = [
    pytest.param(
        tdlib.TdlibEngine,
        id="tdlib",
        marks=pytest.mark.skipif(not tdlib.is_available(), reason="no wheel of TDLib here"),
    ),
    pytest.param(FallbackEngine, id="fallback"),
]


@pytest.fixture(params=ENGINES)
def texts(request: pytest.FixtureRequest) -> TextReader:
    return TextReader(request.param())


def seen(text: FormattedText) -> tuple[object, ...]:
    """Return what a reader sees, however styles are cut into stretches."""
    solid = sorted(
        (e.kind, e.offset, e.length, e.argument, e.number)
        for e in text.entities
        if e.kind not in STYLES
    )
    styled = {
        (unit, entity.kind)
        for entity in text.entities
        if entity.kind in STYLES
        for unit in range(entity.offset, entity.end)
    }
    return text.text, solid, styled


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ü<b", "Unclosed start tag at byte offset 2"),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<b ='a'>x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b/>x", 'Unsupported start tag "b/" at byte offset 0'),
        ("<b />x", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href ", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix='1' format='q'>x</tg-time>", "Invalid date format used"),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for"
            " unmatched surrogate code units",
        ),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(
    texts: TextReader, markup: str, complaint: str
) -> None:
    with pytest.raises(Refused) as no:
        texts.read(markup, "HTML")

    assert no.value.refusal.code == 400
    assert no.value.refusal.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain & <b>bold</b>", "plain & bold", [("bold", 8, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("😀<u>a</u>", "😀a", [("underline", 2, 1)]),
        ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
        ("<B>a</>", "a", [("bold", 0, 1)]),
        ("&lt;b&gt; &amp &quot; &apos; &#65;&#x1F600;", '<b> & " &apos; A😀', []),
        ("<code><b>a</b></code>", "a", [("code", 0, 1)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ("<span class='tg-spoiler'>a</span>", "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "ab",
            [("blockquote", 0, 2)],
        ),
        ("<a href='spacex.com/x'>a</a>", "a", [("text_link", 0, 1, "http://spacex.com/x")]),
        ("<a href='javascript:x'>a</a>", "a", []),
        ("<a href='tg://user?id=5'>a</a>", "a", [("text_mention", 0, 1, "", 5)]),
        ("<pre><code class='language-py'>a</code></pre>", "a", [("pre", 0, 1, "py")]),
        ("<code class='language-py'>a</code>", "a", [("code", 0, 1)]),
        (
            "<tg-time unix='1795503600' format='tw'>a</tg-time>",
            "a",
            [("date_time", 0, 1, "wt", 1795503600)],
        ),
        ("<tg-time unix='5' format='r'>a</tg-time>", "a", [("date_time", 0, 1, "r", 5)]),
        ("<tg-time format='t'>a</tg-time>", "a", []),
        ("<b></b>a", "a", []),
    ],
)
def test_html_becomes_text_with_entities(
    texts: TextReader, markup: str, text: str, entities: list[tuple[Any, ...]]
) -> None:
    read = texts.read(markup, "HTML")

    assert seen(read) == seen(FormattedText(text, tuple(Entity(*each) for each in entities)))


@pytest.mark.parametrize(
    ("given", "delivered"),
    [
        ("  <b> a </b>  \n", " a"),
        ("a\tb\r\nc", "a b\nc"),
        ("a\u2028b\u202ec\u2066d", "abc\u2066d"),
        ("a\x00b", "a b"),
        ("\u200f\u200f\u200ea", "\u200c\u200c\u200ea"),
        ("*a* _b_ `c` [d](e) ||f||", "*a* _b_ `c` [d](e) ||f||"),
        (" \n\u2003\u200b\ufeff", ""),
    ],
)
def test_a_text_is_cleaned_as_telegram_cleans_it(
    texts: TextReader, given: str, delivered: str
) -> None:
    read = texts.read(given, "HTML")

    assert read.text.lstrip() == delivered.lstrip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see SpaceX.com.", [("url", 4, 10)]),
        ("https://e.org/x?y=1#z, then", [("url", 0, 21)]),
        ("mail a@b.co now", [("email", 5, 6)]),
        ("@user_name and x@y", [("mention", 0, 10)]),
        ("#tag #1", [("hashtag", 0, 4)]),
        ("$USD $usd", [("cashtag", 0, 4)]),
        ("/start@CounterpointBot a/b", [("bot_command", 0, 22)]),
        ("U.S. Space Force, $2.29 billion, i.e. much", []),
    ],
)
def test_addresses_and_tags_are_found_by_themselves(
    texts: TextReader, text: str, found: list[tuple[str, int, int]]
) -> None:
    read = texts.read(text, "")

    assert [(e.kind, e.offset, e.length) for e in read.entities] == found


def test_a_found_address_inside_bold_cuts_it(texts: TextReader) -> None:
    read = texts.read("<b>see SpaceX.com now</b>", "HTML")

    assert ("url", 4, 10) in [(e.kind, e.offset, e.length) for e in read.entities]
    assert seen(read)[2] == {(unit, "bold") for unit in range(18)}


def test_nothing_is_found_inside_code(texts: TextReader) -> None:
    read = texts.read("<code>SpaceX.com</code>", "HTML")

    assert [entity.kind for entity in read.entities] == ["code"]


def test_entities_given_by_the_bot_are_kept(texts: TextReader) -> None:
    given = [
        {"type": "bold", "offset": 0, "length": 1},
        {"type": "text_link", "offset": 4, "length": 1, "url": "http://e.org/"},
        {"type": "text_mention", "offset": 6, "length": 1, "user": {"id": 5}},
        {"type": "custom_emoji", "offset": 8, "length": 1, "custom_emoji_id": "7"},
        {"type": "pre", "offset": 10, "length": 1, "language": "py"},
        {
            "type": "date_time",
            "offset": 12,
            "length": 1,
            "unix_time": 3,
            "date_time_format": "R",
        },
        {"type": "date_time", "offset": 2, "length": 1, "unix_time": 9, "date_time_format": "Dt"},
        {"type": "url", "offset": 0, "length": 3},
    ]

    read = texts.read("a b c d e f g", "", given)

    assert read.entities == (
        Entity("bold", 0, 1),
        Entity("date_time", 2, 1, "Dt", 9),
        Entity("text_link", 4, 1, "http://e.org/"),
        Entity("text_mention", 6, 1, "", 5),
        Entity("custom_emoji", 8, 1, "", 7),
        Entity("pre", 10, 1, "py"),
        Entity("date_time", 12, 1, "r", 3),
    )


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        (5, "expected an Object"),
        ({}, 'Can\'t find field "type"'),
        ({"type": "bald"}, "Unsupported type specified"),
        ({"type": "bold", "offset": "x"}, 'Field "offset" must be a Number'),
        ({"type": "text_link", "offset": 0, "length": 1}, 'Can\'t find field "url"'),
        ({"type": "", "offset": 0, "length": 1}, "Type is not specified"),
        (
            {"type": "date_time", "offset": 0, "length": 1, "date_time_format": "q"},
            "Invalid date-time format specified",
        ),
        (
            {"type": "text_mention", "offset": 0, "length": 1, "user": 5},
            'Field "user" must be of type Object',
        ),
    ],
)
def test_a_wrong_entity_is_refused(texts: TextReader, entity: object, complaint: str) -> None:
    with pytest.raises(Refused) as no:
        texts.read("a", "", [entity])

    assert no.value.refusal.description == f"Bad Request: can't parse MessageEntity: {complaint}"


def test_more_than_32768_bytes_are_refused_unread(texts: TextReader) -> None:
    with pytest.raises(Refused, match="Bad Request: text is too long"):
        texts.read("<" * 32769, "HTML")


def test_an_unknown_parse_mode_is_refused(texts: TextReader) -> None:
    with pytest.raises(Refused, match="Bad Request: unsupported parse_mode"):
        texts.read("a", "BBCode")


def test_what_is_no_unicode_is_refused(texts: TextReader) -> None:
    with pytest.raises(Refused, match="Bad Request: strings must be encoded in UTF-8"):
        texts.read("a\ud800", "HTML")


@pytest.mark.parametrize(
    "markup",
    [
        "<b>1 · SpaceX 😀 <i>has</i></b> &lt;won&gt;",
        "<blockquote><b>Counterpoint</b> a\nb</blockquote>\n<blockquote expandable>c</blockquote>",
        '<a href="http://e.org/?a=1&amp;b=2">x</a> <code>y</code> <tg-spoiler>z</tg-spoiler>',
        '<pre><code class="language-py">a</code></pre><pre>b</pre><u>c</u><s>d</s>',
        '<tg-emoji emoji-id="7">😀</tg-emoji> <pre>x</pre>',
        '<tg-time unix="9" format="wDt">x</tg-time><a href="tg://user?id=5">y</a>',
    ],
)
def test_html_written_out_reads_as_the_same_text(texts: TextReader, markup: str) -> None:
    read = texts.read(markup, "HTML")

    assert texts.read(to_html(read), "HTML") == read


def test_a_text_is_written_in_lines_with_marks(texts: TextReader) -> None:
    markup = (
        "<b>Bold <i>both</i></b> <s>gone</s>\n<blockquote>one\ntwo</blockquote>\n\n"
        "<blockquote expandable>more</blockquote>\n"
        "<a href='e.org'>link</a> <tg-spoiler>x</tg-spoiler>"
    )

    lines = to_lines(texts.read(markup, "HTML"))

    assert lines == [
        "*Bold _both_* ~gone~",
        "> one",
        "> two",
        "",
        ">> more",
        "link <http://e.org/> ||x||",
    ]
