"""What the pages point at is there: files, headings, tests."""

import ast
import re
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    chain(ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), [ROOT / "seeds" / "README.md"])
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<(?:img|source)[^>]+(?:src|srcset)=\"([^\"]+)\"")
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def links():
    for page in PAGES:
        text = without_code(page.read_text(encoding="utf-8"))
        for match in LINK.finditer(text):
            target = match[1] or match[2]
            if not re.match(r"[a-z]+:", target):
                yield pytest.param(page, target, id=f"{page.relative_to(ROOT)}: {target}")


def without_code(text):
    return re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.M | re.S)


@cache
def anchors(page):
    """Return the anchors of a page's headings, made as GitHub makes them."""
    headings = re.findall(
        r"^#+ (.+?)\s*$", without_code(page.read_text(encoding="utf-8")), flags=re.M
    )
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_a_link_leads_somewhere(page, target):
    path, _, anchor = target.partition("#")
    found = (page.parent / path).resolve() if path else page

    assert found.exists()
    assert not anchor or anchor in anchors(found)


def named_tests():
    for page in PAGES:
        for path, name in NAMED_TEST.findall(page.read_text(encoding="utf-8")):
            yield pytest.param(path, name, id=f"{page.relative_to(ROOT)}: {name}")


@pytest.mark.parametrize(("path", "name"), list(named_tests()))
def test_a_test_that_a_page_names_is_there(path, name):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))

    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, functions)}
