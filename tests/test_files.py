"""What holds for files that are no code: the seed, the locks, and what no file may say."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: The first seed is a document as it really came; its bytes never change.
FIRST_SEED = "000_1d59a4781fe81040.txt"
FIRST_SEED_SHA256 = "7646240deafbdf73c50cef09538a7c6eeb22fd649580a3b2856ecfb7d2f14a54"
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def test_the_first_seed_is_as_it_came():
    content = (ROOT / "seeds" / FIRST_SEED).read_bytes()

    assert hashlib.sha256(content).hexdigest() == FIRST_SEED_SHA256


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash(lock):
    entries = re.split(r"\n(?=[\w.-]+==)", (ROOT / lock).read_text().strip())

    loose = [entry.partition("\n")[0] for entry in entries if "--hash=sha256:" not in entry]

    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_nothing_but_packages(lock):
    known = re.compile(
        r"[\w.-]+==[\w.!+-]+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    #.*"
    )

    other = [line for line in (ROOT / lock).read_text().splitlines() if not known.fullmatch(line)]

    assert other == []


def test_the_second_lock_agrees_with_the_first():
    pin = re.compile(r"^([\w.-]+)==([^ ]+)", re.M)
    first, second = (dict(pin.findall((ROOT / lock).read_text())) for lock in LOCKS)

    assert first.items() <= second.items()


def test_no_file_names_a_folder_of_the_machine_it_was_written_on():
    private = re.compile(r"(?<![\w.-])/(?:work|home|root|Users)/[\w.]")

    found = [
        f"{name}:{number}"
        for name, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if private.search(line)
    ]

    assert found == []


def test_no_file_reaches_out_of_the_project():
    private = re.compile(r"\.\./(?:shared|scratch|\.\.)\b|(?<![\w/.])shared/(?:reference|design)")

    found = [name for name, text in tracked_texts() if private.search(text)]

    assert found == []


def tracked_texts():
    """Return name and text of every file of ours; documents for the parser say what they like."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    apart = ("seeds/", "tests/data/", "requirements", "tests/test_files.py")
    names = [name for name in listed if name and not name.startswith(apart)]
    for name in names or unpacked():
        path = ROOT / name
        if path.suffix not in (".gz", ".png") and path.is_file():
            yield name, path.read_text(encoding="utf-8")


def unpacked():
    """Return the names of our files where there is no git, as in an unpacked archive."""
    folders = ("bot", "storage", "tests", "config", "docs")
    return [
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".md", ".toml", ".ftl")
    ]
