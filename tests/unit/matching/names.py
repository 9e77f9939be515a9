"""Briefs as matching sees them, and what a typed phrase makes of one."""

from bot.matching.briefs import BriefNames, read_names
from bot.matching.lexicon import Lexicon
from bot.matching.rings import Phrase, read_phrase, why
from storage.model.subject import Ring
from tests.factories import make_draft, make_lexicon

LEXICON = make_lexicon()


def make_names(*, source: str | None = None, lexicon: Lexicon = LEXICON, **changed) -> BriefNames:
    """Return the names of a brief that has none but those given."""
    values = {"headline": "A brief.", "topics": (), "entities": ()} | changed
    return read_names(make_draft(**values), source=source, lexicon=lexicon)


def make_phrase(typed: str, *, lexicon: Lexicon = LEXICON) -> Phrase:
    """Return a typed phrase as it is compared."""
    return read_phrase(typed, lexicon=lexicon)


def ring_of(typed: str, *, lexicon: Lexicon = LEXICON, **changed) -> Ring | None:
    """Return the ring by which a phrase wants a brief with these names, or None."""
    names = make_names(lexicon=lexicon, **changed)
    reason = why(make_phrase(typed, lexicon=lexicon), names, lexicon=lexicon)
    return reason[0] if reason else None
