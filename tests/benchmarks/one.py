"""Run one benchmark in this process, and print its lines as JSON."""

import dataclasses
import importlib
import json
import sys
from pathlib import Path

name, folder, rounds = sys.argv[1:]
module = importlib.import_module(f"tests.benchmarks.{name}")
lines = module.measure(Path(folder), int(rounds))
print(json.dumps([dataclasses.asdict(line) for line in lines]))
