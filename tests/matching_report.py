"""How well follows find briefs: the measured table over tests/data/matching.

    python -m tests.matching_report [--markdown] [--errors]

Every rule is asked for each follow and each brief. What it says is held against two labellings
of the same pairs, and against the pairs on which both agree. The word lists are those of the
settings folder, so that an editor sees what a change of them does.
"""

import argparse
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz
from rich import box
from rich.console import Console
from rich.table import Table as RichTable

from bot.config import find_folder
from bot.matching import stems
from bot.matching.briefs import BriefNames, Name
from bot.matching.follow import read_follow, why_follow
from bot.matching.keys import key, words
from bot.matching.offers import find_offers
from bot.matching.recent import Recent
from bot.matching.suggest import suggest
from bot.runtime.parts import load_lexicon
from storage.model.subject import Ring
from tests.fakes import NOON
from tests.unit.matching.labelled import LabelledSet, Pair, View, compare, find_ours, load_set
from tests.unit.matching.labelled import score as score_of

#: A perfect reader looks at so many buttons.
BUTTONS = 5

Rule = Callable[[str, BriefNames], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table to print; the first column is text, the others are figures."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)


class Buttons:
    """What follows are offered, and what each offer brings that they have not."""

    def __init__(self, labelled: LabelledSet) -> None:
        self._labelled = labelled
        self._recent = Recent(labelled.lexicon)
        for number, names in enumerate(labelled.briefs.values(), start=1):
            self._recent.add(number, released_at=NOON, names=names)
        self._known = [name for name, _ in self._recent.list_names()]
        self.offers: list[frozenset[Pair]] = [
            offer
            for follow_id, entry in labelled.follows.items()
            for offer in self._list_offers(follow_id, entry.phrase)
        ]

    def accept(self, view: View) -> set[Pair]:
        """Return what a perfect reader gets besides: most of an offer must be wanted.

        Nobody reads that well, so this is an upper bound.
        """
        accepted: set[Pair] = set()
        for offer in self.offers:
            seen = offer - view.disputed
            if len(seen & view.wanted) > len(seen) / 2:
                accepted |= offer
        return accepted

    def _list_offers(self, follow_id: str, typed: str) -> list[frozenset[Pair]]:
        had = self._bring(typed)
        return [
            frozenset((follow_id, brief_id) for brief_id in self._bring(label) - had)
            for label in self._labels(typed, finds_nothing=not had)
        ]

    def _labels(self, typed: str, *, finds_nothing: bool) -> list[str]:
        """List what the bot answers with: likely slips of the keyboard first, then offers."""
        follow = read_follow(typed, lexicon=self._labelled.lexicon)
        if follow.section is not None:
            return []
        meant = suggest(typed, self._known) if finds_nothing else []
        offers = find_offers(
            follow.phrases[0],
            self._recent,
            lexicon=self._labelled.lexicon,
            but=[key(name) for name in meant],
        )
        return [*meant, *offers][:BUTTONS]

    def _bring(self, typed: str) -> set[str]:
        lexicon = self._labelled.lexicon
        follow = read_follow(typed, lexicon=lexicon)
        return {
            brief_id
            for brief_id, names in self._labelled.briefs.items()
            if why_follow(follow, names, lexicon=lexicon)
        }


def find_by_peers(labelled: LabelledSet) -> dict[str, set[Pair]]:
    """Return what the obvious rules find in topics and entities, the publisher left out."""

    def exact(typed: str, brief: BriefNames) -> bool:
        aliases = labelled.lexicon.group_of(labelled.lexicon.phrase_key(typed))
        wanted = {key(typed), *map(key, aliases)}
        return any(name.key in wanted for name in _tags(brief))

    def likeness(least: float) -> Rule:
        return lambda typed, brief: any(
            fuzz.WRatio(key(typed), name.key, score_cutoff=least) for name in _tags(brief)
        )

    rules: dict[str, Rule] = {
        "exact name or alias": exact,
        "substring of a tag": lambda typed, brief: any(
            key(typed) in name.key for name in _tags(brief)
        ),
        "any word in any tag": lambda typed, brief: any(
            not set(words(typed)).isdisjoint(name.words) for name in _tags(brief)
        ),
        "WRatio of a tag ≥ 80": likeness(80),
        "WRatio of a tag ≥ 90": likeness(90),
        "all words in one tag, stems": lambda typed, brief: any(
            _stems(words(typed), brief.lang) <= _stems(name.words, brief.lang)
            for name in _tags(brief)
        ),
    }
    return {name: _find(rule, labelled) for name, rule in rules.items()}


def _find(rule: Rule, labelled: LabelledSet) -> set[Pair]:
    return {
        (follow_id, brief_id)
        for follow_id, entry in labelled.follows.items()
        for brief_id, brief in labelled.briefs.items()
        if rule(entry.phrase, brief)
    }


def _tags(brief: BriefNames) -> tuple[Name, ...]:
    return (*brief.topics, *brief.entities)


def _stems(found: tuple[str, ...], lang: str) -> set[str]:
    return {stems.stem(word, lang) for word in found}


def tabulate_rules(labelled: LabelledSet) -> Table:
    """Return what each rule reaches."""
    ours = find_ours(labelled).keys()
    buttons = Buttons(labelled)
    table = Table(
        title="Precision · recall · silent follows",
        header=("rule", *(view.name for view in labelled.views)),
    )
    for rule, found in (find_by_peers(labelled) | {"ours": ours}).items():
        table.rows.append((rule, *(_figures(found, view) for view in labelled.views)))
    accepted = (_figures(ours | buttons.accept(view), view) for view in labelled.views)
    table.rows.append(("ours, right offers accepted", *accepted))
    return table


def _figures(found: Collection[Pair], view: View) -> str:
    reached = score_of(found, view)
    return f"{reached.precision:.3f} · {reached.recall:.3f} · {len(reached.silent):2}"


def tabulate_rings(labelled: LabelledSet) -> Table:
    """Return how often each ring is right and wrong."""
    ours = find_ours(labelled)
    table = Table(
        title="Ours by ring: right / wrong",
        header=("ring", *(view.name for view in labelled.views)),
    )
    for ring in Ring:
        pairs = {pair for pair, by in ours.items() if by is ring}
        counts = (
            f"{len(pairs & view.wanted)} / {len(pairs - view.wanted - view.disputed)}"
            for view in labelled.views
        )
        table.rows.append((ring.value, *counts))
    return table


def tabulate_kinds(labelled: LabelledSet) -> Table:
    """Return what ours reaches by language and by kind of follow."""
    ours = find_ours(labelled).keys()
    table = Table(
        title="Ours by kind of pair: precision · recall (found of wanted)",
        header=("pairs", *(view.name for view in labelled.views)),
    )
    kinds: dict[str, Callable[[Pair], bool]] = {
        "follow and brief in one language": lambda pair: not labelled.is_crossing(pair),
        "follow and brief in two languages": labelled.is_crossing,
        "the follow is a section": labelled.is_of_section,
        "the follow is a phrase": lambda pair: not labelled.is_of_section(pair),
    }
    for kind, is_of_kind in kinds.items():
        found = set(filter(is_of_kind, ours))
        figures = (_figures_of_kind(found, view, is_of_kind) for view in labelled.views)
        table.rows.append((kind, *figures))
    return table


def _figures_of_kind(found: set[Pair], view: View, is_of_kind: Callable[[Pair], bool]) -> str:
    wanted = frozenset(filter(is_of_kind, view.wanted))
    reached = score_of(found, replace(view, wanted=wanted))
    right = f"({len(found & wanted)} of {len(wanted)})"
    return f"{reached.precision:.3f} · {reached.recall:.3f} {right:>12}"


def tabulate_agreement(labelled: LabelledSet) -> Table:
    """Return how large the set is and how far its labellings agree."""
    agreed = compare(labelled)
    return Table(
        title="The labelled set",
        header=("what", "figure"),
        rows=[
            ("briefs", str(len(labelled.briefs))),
            ("follows", str(len(labelled.follows))),
            ("follows that want a brief", str(agreed.asked)),
            *((f"pairs wanted by {view.name}", str(len(view.wanted))) for view in labelled.views),
            ("agreement on wanted pairs (Jaccard)", f"{agreed.jaccard:.3f}"),
            ("agreement on all pairs (Cohen's kappa)", f"{agreed.kappa:.3f}"),
        ],
    )


def tabulate_errors(labelled: LabelledSet) -> Table:
    """Return for each follow what is missed and what is wrong where both labellings agree."""
    ours = find_ours(labelled)
    view = labelled.views[-1]
    table = Table(title="Ours by follow: errors", header=("follow", "missed", "wrong"))
    for follow_id, entry in labelled.follows.items():
        missed = sorted(b for f, b in view.wanted - ours.keys() if f == follow_id)
        extra = sorted(b for f, b in ours.keys() - view.wanted - view.disputed if f == follow_id)
        if missed or extra:
            wrong = (f"{brief_id} by {ours[follow_id, brief_id]}" for brief_id in extra)
            table.rows.append((entry.phrase, ", ".join(missed), ", ".join(wrong)))
    return table


def print_table(table: Table, *, markdown: bool) -> None:
    """Print a table, aligned for the terminal or in Markdown."""
    if markdown:
        rule = ["---", *["---:"] * (len(table.header) - 1)]
        lines = (f"| {' | '.join(row)} |" for row in (table.header, rule, *table.rows))
        print(f"{table.title}:", "", *lines, "", sep="\n")
        return
    shown = RichTable(title=table.title, title_justify="left", box=box.SIMPLE_HEAD)
    for number, name in enumerate(table.header):
        shown.add_column(name, justify="right" if number else "left")
    for row in table.rows:
        shown.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 100).print(shown)


def main() -> None:
    """Print the report."""
    options = argparse.ArgumentParser(description="How well follows find briefs.")
    options.add_argument("--markdown", action="store_true", help="print Markdown")
    options.add_argument("--errors", action="store_true", help="print the errors of each follow")
    asked = options.parse_args()
    labelled = load_set(load_lexicon(find_folder(), default_lang="en"))
    tabulations = [tabulate_rules, tabulate_rings, tabulate_kinds, tabulate_agreement]
    if asked.errors:
        tabulations.append(tabulate_errors)
    for tabulate in tabulations:
        print_table(tabulate(labelled), markdown=asked.markdown)


if __name__ == "__main__":
    main()
