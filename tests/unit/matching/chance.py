"""Phrases and briefs by chance, of few words, so that they meet often and at the edges."""

from itertools import permutations, product

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.matching.briefs import find_source, read_names
from tests.factories import make_draft, make_lexicon
from tests.unit.examples import examples

#: How quick the machine is says nothing about the rule.
often = settings(examples(2), suppress_health_check=[HealthCheck.too_slow])

LEXICON = make_lexicon(
    stop_words={"en": ["the", "of", "who", "at"], "es": ["de", "la"], "ru": ["и"], "ar": ["في"]},
    aliases=[
        {"name": "Federal Reserve", "cased": ["Fed"]},
        {"name": "Shell", "cased": ["Shell"]},
    ],
)

_WORDS = [
    *("the", "of", "who", "WHO", "Who", "at", "a", "AT&T", "U.S.", "US", "us", "EU", "eu"),
    *("A.I.", "AI", "ai", "LEO", "leo", "Leo", "its", "IT", "it", "ads", "ad", "x", "y", "5G"),
    *("low", "orbit", "Orbits", "orbital", "space", "spaces", "SpaceX", "spacex", "Space", "X"),
    *("force", "Force's", "forces’", "Lloyd's", "Lloyds", "lloyd", "straße", "STRASSE", "2.29"),
    *("Fed", "fed", "Fed’s", "FED", "Shell", "shells", "shell's", "C", "C#", "C++", "$", "$X"),
    *("energía", "energia", "energías", "Energia", "él", "el", "elección", "elecciones"),
    *("спутник", "спутники", "ёлка", "елка", "ИИ", "طاقة", "الطاقة", "أقمار", "اقمار", "中国"),
    *("!!!", "…", "—"),
]
_langs = st.sampled_from([None, "en", "es", "ru", "ar", "fr", "zz"])


@st.composite
def cases(draw, *, phrases: int, briefs: int):
    """Return up to so many typed phrases and so many briefs, all made of a few words."""
    vocabulary = draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=4, unique=True))
    texts = st.sampled_from(_list_texts(vocabulary))
    some = st.lists(texts, max_size=2, unique=True).map(tuple)
    names = st.builds(_make_names, texts, topics=some, entities=some, context=texts, lang=_langs)
    return (
        draw(st.lists(texts, min_size=1, max_size=phrases)),
        draw(st.lists(names, min_size=1, max_size=briefs)),
    )


def _list_texts(vocabulary):
    pairs = [joint.join(pair) for pair in product(vocabulary, repeat=2) for joint in " -"]
    joined = ["".join(pair) for pair in permutations(vocabulary, 2)]
    return [*vocabulary, *pairs, *joined, *map(" ".join, permutations(vocabulary, 3))]


def _make_names(headline, *, topics, entities, context, lang):
    """Return the names of a brief, its source found as always."""
    draft = make_draft(
        headline=headline,
        topics=topics,
        entities=entities,
        ai_context=context,
        body="A body.",
        counter_argument="A counter.",
        lang=lang,
    )
    return read_names(draft, source=find_source(draft), lexicon=LEXICON)
