"""What a benchmark says: a figure of ours, the same of a peer in the same run, and the goal."""

import resource
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(kw_only=True)
class Line:
    """One figure; ``peers`` are other ways to the same end, measured in the same run."""

    what: str
    unit: str
    ours: float
    spread: tuple[float, float] | None = None  # lowest and highest round
    peers: dict[str, float] = field(default_factory=dict)
    goal: str = ""
    met: bool | None = None  # None: the goal is stated for another machine or is no goal
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the line as plain values, with the ratios."""
        ratios = {name: round(theirs / self.ours, 3) for name, theirs in self.peers.items()}
        return asdict(self) | {"peer_by_ours": ratios}


def median(rounds: Sequence[float]) -> float:
    return statistics.median(rounds)


def spread(rounds: Sequence[float]) -> tuple[float, float]:
    return (min(rounds), max(rounds))


def peak_megabytes() -> float:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(lines: Sequence[Line], console: Console) -> None:
    """Print the lines as a table."""
    table = Table(title=None, header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("what", overflow="fold")
    table.add_column("ours", justify="right")
    table.add_column("beside it, in the same run", overflow="fold")
    table.add_column("goal", overflow="fold")
    for line in lines:
        peers = "\n".join(
            f"{name}: {_number(theirs)} {line.unit} ({theirs / line.ours:.2f}×)"
            for name, theirs in line.peers.items()
        )
        mark = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}[line.met]
        goal = f"{line.goal} {mark}".strip()
        between = f"\n{_number(line.spread[0])}–{_number(line.spread[1])}" if line.spread else ""
        said = f"{line.what}\n[dim]{line.note}[/]" if line.note else line.what
        table.add_row(said, f"{_number(line.ours)} {line.unit}{between}", peers, goal)
    console.print(table)


def _number(value: float) -> str:
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
