"""``make bench``: every figure that the documents state, each beside its peer in one run.

Each benchmark runs in a process of its own, on loopback and temporary files only.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.benchmarks.lines import Line, show

#: Each is a module of this package with a function ``measure(folder, rounds) -> list[Line]``.
NAMES = ("planning", "ingest", "claiming", "firing", "sending", "ceiling", "ledger")


def main() -> int:
    wanted = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    wanted.add_argument("names", nargs="*", default=NAMES, help=f"of {', '.join(NAMES)}")
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--json", type=Path, help="also write the figures to this file")
    asked = wanted.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 110)
    lines: list[Line] = []
    failed = False
    for name in asked.names:
        console.print(f"[dim]{name} …[/]")
        with tempfile.TemporaryDirectory(prefix="cp-bench-") as folder:
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.one", name, folder, str(asked.rounds)],
                stdout=subprocess.PIPE,
                check=False,
            )
        if done.returncode:
            console.print(f"[red]{name} failed[/]")
            failed = True
            continue
        found = json.loads(done.stdout.splitlines()[-1])
        lines += [Line(**one) for one in found]
    show(lines, console)
    if asked.json:
        about = {"python": platform.python_version(), "rounds": asked.rounds}
        written = {"about": about, "lines": [line.as_json() for line in lines]}
        asked.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
