"""Reads what `make test` measured and fails when a floor is not reached.

Everything together has a floor; the parts where a branch that no test takes is a wrong digest or
a lost message have to be covered whole.
"""

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError

ROOT = Path(__file__).parents[1]
FLOOR = 90.0
WHOLE = {
    "bot/digest": ("bot/digest/",),
    "bot/ingest, the parser": ("bot/ingest/",),
    "bot/delivery/retry.py": ("bot/delivery/retry.py",),
    "storage/model": ("storage/model/",),
}
#: Reads files and folders; what it does with broken ones is the machine's to say.
NOT_WHOLE = {"bot/ingest/load.py"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Lines and branches of one file: how many there are, how many ran, which did not."""

    path: str
    total: int
    covered: int
    missing: tuple[str, ...]


def read(data_file: Path) -> list[Measured]:
    """Return what was measured, a file each; the files of parallel runs are combined first."""
    coverage = Coverage(data_file=str(data_file), config_file=str(ROOT / "pyproject.toml"))
    if not data_file.exists():
        coverage.combine([str(data_file.parent)], keep=True)
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        coverage.json_report(outfile=str(report))
        files = json.loads(report.read_text())["files"]
    return [_measured(path, found) for path, found in sorted(files.items())]


def _measured(path, found):
    summary = found["summary"]
    gone = set(found["missing_lines"])
    branches = [
        f"{start}->{'exit' if end < 0 else end}"
        for start, end in found["missing_branches"]
        if start not in gone
    ]
    return Measured(
        path=path,
        total=summary["num_statements"] + summary["num_branches"],
        covered=summary["covered_lines"] + summary["covered_branches"],
        missing=(*_runs(sorted(gone)), *branches),
    )


def _runs(numbers):
    """Return 3, 4, 5, 8 as 3-5, 8."""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in runs]


def percent(files: list[Measured]) -> float:
    """Return how much of the lines and branches ran, rounded down to a tenth."""
    total = sum(file.total for file in files)
    covered = sum(file.covered for file in files)
    return 1000 * covered // total / 10 if total else 0.0


def report(files: list[Measured]) -> tuple[list[str], bool]:
    """Return the lines to print and whether every floor is reached."""
    rows, gaps = [], []
    for name, starts in WHOLE.items():
        part = [f for f in files if f.path.startswith(starts) and f.path not in NOT_WHOLE]
        rows.append((name, percent(part), 100.0))
        gaps += [f"  {f.path}: {', '.join(f.missing)}" for f in part if f.missing]
    rows.append(("everything", percent(files), FLOOR))
    low = [row for row in rows if row[1] < row[2]]
    if not low:
        whole = ", ".join(WHOLE)
        return [f"coverage: {percent(files):.1f} %; whole: {whole}"], True
    lines = [f"{'coverage of lines and branches':<32}{'is':>8}{'floor':>8}"]
    lines += [
        f"{name:<32}{found:>7.1f}%{floor:>7.0f}%{'' if found >= floor else '  too low'}"
        for name, found, floor in rows
    ]
    if gaps:
        lines += ["not covered, by line or branch:", *gaps]
    if percent(files) < FLOOR:
        lines += ["least covered, by lines and branches that did not run:", *_worst(files)]
    return lines, False


def _worst(files, count=10):
    by_gap = sorted(files, key=lambda file: file.covered - file.total)
    return [f"  {f.path}: {f.total - f.covered} of {f.total}" for f in by_gap[:count]]


def main() -> int:
    """Print the finding; 1 if a floor is not reached, 2 if nothing was measured."""
    try:
        files = read(ROOT / ".coverage")
    except NoDataError:
        print("coverage: nothing was measured; run `make test`", file=sys.stderr)
        return 2
    lines, reached = report(files)
    print("\n".join(lines), file=sys.stdout if reached else sys.stderr)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
