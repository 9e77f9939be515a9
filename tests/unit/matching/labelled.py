"""The labelled set of tests/data/matching: read, asked with the bot's own rule, scored."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.ingest.parse import parse_document
from bot.ingest.results import BriefRead, DocumentKind
from bot.matching.briefs import BriefNames, find_source, read_names
from bot.matching.follow import read_follow, why_follow
from bot.matching.lexicon import Lexicon
from bot.runtime.parts import make_reader
from storage.model.subject import Ring

FOLDER = Path(__file__).parents[2] / "data" / "matching"

Pair = tuple[str, str]  # a follow and a brief, by their ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A phrase as a person typed it."""

    phrase: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One labelling, or what two have in common: then the pairs in dispute are not looked at."""

    name: str
    wanted: frozenset[Pair]
    disputed: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """Briefs as the project reads them, follows, and two labellings of their pairs."""

    lexicon: Lexicon
    briefs: Mapping[str, BriefNames]
    follows: Mapping[str, Entry]
    labels: tuple[View, View]

    @property
    def views(self) -> tuple[View, View, View]:
        """Either labelling, then what both agree on."""
        one, other = (view.wanted for view in self.labels)
        return (*self.labels, View(name="both", wanted=one & other, disputed=one ^ other))

    def is_crossing(self, pair: Pair) -> bool:
        """Tell whether follow and brief are in two languages."""
        return self.follows[pair[0]].lang != self.briefs[pair[1]].lang

    def is_of_section(self, pair: Pair) -> bool:
        """Tell whether the follow is the name of a section."""
        return self.lexicon.section_named(self.follows[pair[0]].phrase) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a rule finds, held against one view."""

    precision: float
    recall: float
    silent: tuple[str, ...]  # follows that want a brief and get none that they want
    asked: int  # follows that want a brief

    @property
    def silent_share(self) -> float:
        """The share of the follows with a wanted brief that get none of them."""
        return len(self.silent) / self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far the two labellings agree, over all pairs of a follow and a brief."""

    asked: int  # follows that want a brief by either
    both: int  # pairs wanted by both
    jaccard: float
    kappa: float


def load_set(lexicon: Lexicon) -> LabelledSet:
    """Return the labelled set, its briefs read like any document."""
    entries = {
        entry["id"]: Entry(phrase=entry["phrase"], lang=entry.get("lang", "en"))
        for entry in _json("follows.json")
    }
    return LabelledSet(
        lexicon=lexicon,
        briefs=_read_briefs(lexicon),
        follows=entries,
        labels=(_read_labels("A", "labels_a.json"), _read_labels("B", "labels_b.json")),
    )


def find_ours(labelled: LabelledSet) -> dict[Pair, Ring]:
    """Return the pairs that the bot's own rule finds, each with its ring."""
    found = {}
    for follow_id, entry in labelled.follows.items():
        follow = read_follow(entry.phrase, lexicon=labelled.lexicon)
        for brief_id, names in labelled.briefs.items():
            if reason := why_follow(follow, names, lexicon=labelled.lexicon):
                found[follow_id, brief_id] = reason[0]
    return found


def score(pairs: Iterable[Pair], view: View) -> Score:
    """Return how the pairs that a rule finds fare in a view."""
    found = frozenset(pairs) - view.disputed
    right = found & view.wanted
    asked = {follow for follow, _ in view.wanted}
    return Score(
        precision=len(right) / len(found),
        recall=len(right) / len(view.wanted),
        silent=tuple(sorted(asked - {follow for follow, _ in right})),
        asked=len(asked),
    )


def compare(labelled: LabelledSet) -> Agreement:
    """Return how far the two labellings agree."""
    one, other = (view.wanted for view in labelled.labels)
    every = len(labelled.follows) * len(labelled.briefs)
    observed = 1 - len(one ^ other) / every
    share, other_share = len(one) / every, len(other) / every
    by_chance = share * other_share + (1 - share) * (1 - other_share)
    return Agreement(
        asked=len({follow for follow, _ in one | other}),
        both=len(one & other),
        jaccard=len(one & other) / len(one | other),
        kappa=(observed - by_chance) / (1 - by_chance),
    )


def _json(file):
    return json.loads((FOLDER / file).read_text(encoding="utf-8"))


def _read_labels(name: str, file: str) -> View:
    listed = _json(file)
    pairs = frozenset((follow, brief) for follow, briefs in listed.items() for brief in briefs)
    return View(name=name, wanted=pairs)


def _read_briefs(lexicon: Lexicon) -> dict[str, BriefNames]:
    reader = make_reader(lexicon)
    results = parse_document(
        (FOLDER / "briefs.jsonl").read_bytes(),
        kind=DocumentKind.JSON_LINES,
        sections=reader.sections,
        default_lang=reader.default_lang,
    )
    drafts = [result.draft for result in results if isinstance(result, BriefRead)]
    assert len(drafts) == len(results), "the labelled set holds a brief that is refused"
    return {
        dict(draft.extras)["id"]: read_names(draft, source=find_source(draft), lexicon=lexicon)
        for draft in drafts
    }
