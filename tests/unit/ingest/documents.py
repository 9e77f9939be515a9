"""Documents for the tests of reading: a sound one, of which a test changes what it is about."""

from pathlib import Path

from hypothesis import strategies as st

from bot.ingest import parse
from bot.ingest.results import BriefRead, BriefRefused, BriefResult, DocumentKind, WarningCode
from storage.model.brief import BriefDraft

SEED = Path(__file__).parents[3] / "seeds" / "000_1d59a4781fe81040.txt"
SECTIONS = frozenset({"AI", "Economy", "Space"})

BODY = "The harbour of Oldport will be dredged to sixteen metres."
COUNTER = "The port has lost traffic for ten years, and dredging does not bring it back."
NAMES = 'topics: ["harbours"] entities: ["Oldport"]'
SCORES = "impact_score: 5"


def make_text(
    *,
    body: str = BODY,
    counter: str = f"Counter_argument: {COUNTER}",
    last: str = f"{NAMES} {SCORES}",
) -> str:
    """Return a document of three blocks, parted by blank lines."""
    return f"{body}\n\n{counter}\n\n{last}\n"


def read(
    text: str | bytes, *, kind: DocumentKind = DocumentKind.TEXT, default_lang: str = "en"
) -> tuple[BriefResult, ...]:
    """Return what parsing gives."""
    data = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    return parse.parse_document(data, kind=kind, sections=SECTIONS, default_lang=default_lang)


def read_one(text: str | bytes, *, kind: DocumentKind = DocumentKind.TEXT) -> BriefRead:
    """Return the one brief that a document must hold."""
    (result,) = read(text, kind=kind)
    assert isinstance(result, BriefRead), result
    return result


def read_draft(text: str | bytes, *, kind: DocumentKind = DocumentKind.TEXT) -> BriefDraft:
    """Return the one draft that a document must hold."""
    return read_one(text, kind=kind).draft


def list_codes(text: str | bytes, *, kind: DocumentKind = DocumentKind.TEXT) -> list[WarningCode]:
    """List what the warnings of the one brief are about."""
    return [warning.code for warning in read_one(text, kind=kind).warnings]


def list_faults(
    text: str | bytes, *, kind: DocumentKind = DocumentKind.TEXT
) -> list[tuple[int | None, str]]:
    """List line and message of each fault of the one brief, which must be refused."""
    (result,) = read(text, kind=kind)
    assert isinstance(result, BriefRefused), result
    return [(fault.line, fault.message) for fault in result.faults]


# Text made of what means something in a document, so that chance finds what nobody thought of.
_TELLING = (
    "Counter_argument: ai_context: headline: published_at: section: source_url: lang: topics: "
    "entities: impact_score: confidence: readtimesecs: **topics:** ## Topics --- ----- ``` ~~~ "
    '[ ] ["a"] ["a",] { } " \' “ ” ‘ ’ \\ \\" , : ; * _ # - . ! ? … 8.5 8.5/10 92% 1e9 -1 0 120 '
    "http://a.b/c es 2026-11-22T08:00Z Space word Word U.S. Dr. é 漢 ع 🛰"
)
_ODD = ["\n", "\n\n", "\n ", "\r", "\r\n", "\t", " ", "  ", "\u00a0", "\u2028", "\u202e", "\ufeff"]
_ODD += ["\u200b", "\u200d", "\x07", "\x0c", "\x85", "\u3000", "label: ", "a label: ", '"b": ']
_ODD += [" "] * 8
_ODD += _TELLING.split()

fragments = st.sampled_from(_ODD) | st.characters(exclude_categories=["Cs"])
texts = st.lists(fragments, max_size=30).map("".join)
