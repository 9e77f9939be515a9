"""What CONTRIBUTING.md promises of the code, where no other tool looks."""

import ast
import re
import sys
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager"}
#: The edges: where whatever happens has to end in a log line and a next step.
EDGES = {
    "bot/chat/failures.py",  # one chat update
    "bot/chat/intake.py",  # one raw update
    "bot/chat/polling.py",  # one answer of Telegram
    "bot/delivery/calling.py",  # one message, which must end in a state
    "bot/runtime/checkup.py",  # one look of the doctor
    "bot/runtime/leading.py",  # one question who leads, to a store that may be gone
    "bot/scheduler.py",  # one tick
    "bot/web/health.py",  # one question how it is, to a store that may be gone
    "bot/web/server.py",  # one request
    "storage/one_hop.py",  # handed to the driver, which raises its own
}
#: They have nothing to say to readers; what is wrong they tell the operator, in English.
FOR_OPERATORS = {
    f"bot/chat/{name}.py" for name in ("application", "insisting", "intake", "polling", "updates")
}
#: The clock waits for everybody; nothing tells when another process lets go of a file lock.
SLEEPERS = {"bot/clock.py", "storage/sqlite.py"}


@cache
def source_files(*folders):
    found = chain.from_iterable((ROOT / folder).rglob("*.py") for folder in folders)
    return sorted(path for path in found if "versions" not in path.parts)


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def places(paths, is_found):
    """Return "file:line" of every node for which is_found holds."""
    return [
        f"{name_of(path)}:{node.lineno}"
        for path in paths
        for node in ast.walk(tree_of(path))
        if is_found(node)
    ]


def called(node):
    """Return the dotted name of what a node calls, "" for another node."""
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def dotted(node):
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "…"


def test_only_the_database_commits():
    """And the connection by which it does so on SQLite."""

    def commits(node):
        return called(node).endswith((".commit", ".begin", ".begin_nested"))

    found = places(source_files("bot", "storage"), commits)

    assert {place.partition(":")[0] for place in found} == {
        "storage/database.py",
        "storage/one_hop.py",
    }


def test_no_pattern_repeats_a_group_possessively():
    """Python 3.11.2, which Debian 12 has, matches it wrongly; ``(?>…)`` says the same."""

    def is_such_a_pattern(node):
        return (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.search(r"(?<!\\)\)([*+?]|\{[\d,]+\})\+", node.value) is not None
        )

    assert places(source_files("bot", "storage"), is_such_a_pattern) == []


def test_no_module_is_over_300_lines():
    long = [
        f"{name_of(path)}: {count}"
        for path in source_files("bot", "storage")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    ]

    assert long == []


def test_no_handler_file_is_over_80_lines():
    long = [
        f"{name_of(path)}: {count}"
        for path in source_files("bot/chat/handlers")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 80
    ]

    assert long == []


def test_no_module_has_a_name_that_says_nothing():
    paths = source_files("bot", "storage", "tests")

    found = [name_of(path) for path in paths if BANNED_NAMES & {path.stem, path.parent.name}]

    assert found == []


def test_no_module_is_named_like_one_of_the_standard_library():
    names = {path.stem: path for path in source_files("bot", "storage") if path.stem[0] != "_"}

    found = [name_of(path) for stem, path in names.items() if stem in sys.stdlib_module_names]

    assert found == []


def test_texts_hold_no_tags():
    tagged = re.compile(r"</?[a-zA-Z]|&(?:amp|lt|gt|quot|#\d+);")

    found = [
        f"{name_of(path)}:{number}"
        for path in sorted((ROOT / "bot/locales").rglob("*.ftl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if tagged.search(line) and not line.startswith("#")
    ]

    assert found == []


def test_no_sentence_for_a_reader_stands_in_the_chat():
    found = [
        f"{name_of(path)}:{node.lineno}: {node.value}"
        for path in source_files("bot/chat")
        if name_of(path) not in FOR_OPERATORS
        for node in seen_strings(tree_of(path))
        if re.search(r"[^\W\d_]{2,}\W* [^\W\d_]{2,}", node.value)
        and not node.value.startswith("/")  # an example of a command, as one types it
    ]

    assert found == []


def seen_strings(node):
    """Return the strings under a node, but for docstrings, logs, asserts and comparisons."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Assert | ast.Compare) or called(node).startswith("log."):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from seen_strings(child)


def test_a_broad_except_stands_only_at_an_edge():
    def is_broad(node):
        if not isinstance(node, ast.ExceptHandler):
            return False
        return node.type is None or ast.unparse(node.type) == "Exception"

    found = places(source_files("bot", "storage"), is_broad)

    assert {place.partition(":")[0] for place in found} <= EDGES


def test_nothing_sleeps_but_the_clock():
    found = places(
        source_files("bot", "storage"),
        lambda node: called(node) in ("asyncio.sleep", "time.sleep"),
    )

    assert {place.partition(":")[0] for place in found} <= SLEEPERS


def test_no_test_sleeps():
    def sleeps(node):
        if called(node) not in ("asyncio.sleep", "time.sleep"):
            return False
        return ast.unparse(node.args[0]) != "0"  # which lets others run and takes no time

    real_time = [
        path
        for path in source_files("tests")
        if "benchmarks" not in path.parts and not (path.parent / "virtual_time.py").exists()
    ]

    assert places(real_time, sleeps) == []


def test_no_test_replaces_another_of_its_name():
    twice = [
        f"{name_of(path)}: {name}"
        for path in source_files("tests")
        for scope in ast.walk(tree_of(path))
        if isinstance(scope, ast.Module | ast.ClassDef)
        for name, count in Counter(function_names(scope)).items()
        if count > 1
    ]

    assert twice == []


def test_every_test_stands_where_pytest_looks_for_it():
    lost = [
        f"{name_of(path)}: {name}"
        for path in source_files("tests")
        if not path.name.startswith("test_")
        for name in function_names(tree_of(path))
        if name.startswith("test_")
    ]

    assert lost == []


def function_names(scope):
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    return [node.name for node in scope.body if isinstance(node, functions)]
