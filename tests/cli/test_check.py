"""check says what is wrong with documents; it needs no token, no network, no database."""

import zipfile

import orjson
import pytest

from bot.config import find_seeds
from tests.cli.documents import HOSTILE


def read_lines(out):
    return [orjson.loads(line) for line in out.splitlines()]


def test_a_good_document_passes(counterpoint, the_seed):
    ended = counterpoint("check", the_seed)

    assert (ended.code, ended.lines, ended.err) == (0, ["1 of 1 briefs can be taken in"], "")


def test_every_seed_passes_without_a_word(counterpoint):
    ended = counterpoint("check", find_seeds())

    assert (ended.code, ended.lines) == (0, ["19 of 19 briefs can be taken in"])


def test_nothing_is_stored(counterpoint, tmp_path, the_seed):
    counterpoint("check", the_seed)

    assert list(tmp_path.iterdir()) == []


def test_a_broken_document_is_refused_by_file_line_reason(counterpoint, write):
    path = write(impact_score="11")

    ended = counterpoint("check", path)

    assert ended.code == 1
    assert ended.lines == [
        f"{path}:9: impact_score is 11; write a number from 0 to 10",
        "0 of 1 briefs can be taken in",
    ]


def test_a_good_document_is_told_from_a_broken_one(counterpoint, write, the_seed):
    broken = write(counter_argument="")

    ended = counterpoint("check", the_seed, broken)

    assert ended.code == 1
    assert ended.lines[-1] == "1 of 2 briefs can be taken in"


def test_a_zip_is_read_like_the_files_in_it(counterpoint, tmp_path, the_seed):
    with zipfile.ZipFile(tmp_path / "briefs.zip", "w") as archive:
        archive.write(the_seed, "one.txt")

    ended = counterpoint("check", "briefs.zip")

    assert (ended.code, ended.lines) == (0, ["1 of 1 briefs can be taken in"])


def test_a_folder_without_documents_has_no_briefs(counterpoint, tmp_path):
    (tmp_path / "empty").mkdir()

    ended = counterpoint("check", "empty")

    assert (ended.code, ended.lines) == (0, ["0 of 0 briefs can be taken in"])


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param("nowhere.txt", "there is no file or folder 'nowhere.txt'", id="missing"),
        pytest.param("picture.png", "'picture.png' is no document; .txt,", id="other kind"),
    ],
)
def test_a_path_that_holds_no_document_is_wrong_use(counterpoint, write, path, said):
    write("picture.png", b"PNG")

    ended = counterpoint("check", path)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"counterpoint: {said}")
    assert len(ended.err.splitlines()) == 1


def test_json_has_every_field_of_a_brief(counterpoint, the_seed):
    ended = counterpoint("check", the_seed, "--json")

    (line,) = read_lines(ended.out)
    assert line.pop("body").startswith("SpaceX has secured")
    assert line.pop("ai_context").startswith("This brief is based solely on")
    assert line == {
        "file": str(the_seed),
        "brief": 1,
        "ok": True,
        "warnings": [],
        "headline": "SpaceX has secured a $2.29 billion contract from the U.S. Space Force to"
        " accelerate deployment of a low Earth orbit satellite constellation designed as the"
        " service's primary communications backbone.",
        "counter_argument": "Critics argue that reliance on a single commercial provider for such"
        " a critical military backbone introduces concentration risk, and that SpaceX's"
        " operational tempo in the commercial sector could strain its capacity to deliver on"
        " parallel defense timelines without delays or compromises.",
        "source": "Breaking Defense",
        "topics": ["Space Force", "LEO communications", "military satellite constellation"],
        "entities": [
            "SpaceX",
            "U.S. Space Force",
            "Space Development Agency",
            "Space Data Network",
            "Breaking Defense",
        ],
        "impact_score": 8.5,
        "confidence": 0.92,
        "readtimesecs": 120,
        "published_at": None,
        "section": None,
        "source_url": None,
        "lang": None,
    }


def test_json_names_line_label_reason_of_a_fault(counterpoint, write):
    path = write(impact_score="11")

    ended = counterpoint("check", path, "--json")

    assert (ended.code, ended.err) == (1, "")
    assert read_lines(ended.out) == [
        {
            "file": str(path),
            "brief": 1,
            "ok": False,
            "errors": [
                {
                    "line": 9,
                    "label": "impact_score",
                    "message": "impact_score is 11; write a number from 0 to 10",
                }
            ],
        }
    ]


def test_json_shapes_warnings_like_faults(counterpoint, write):
    ended = counterpoint("check", write(counter_argument="N/A"), "--json")

    (line,) = read_lines(ended.out)
    assert line["ok"]
    assert line["warnings"]
    assert all(sorted(one) == ["label", "line", "message"] for one in line["warnings"])


def test_json_has_no_brief_number_where_the_whole_document_is_refused(counterpoint, write):
    ended = counterpoint("check", write("cut.json", b'{"body": "'), "--json")

    (line,) = read_lines(ended.out)
    assert (line["brief"], line["ok"]) == (None, False)


def test_json_counts_the_briefs_of_a_file_from_one(counterpoint, write):
    brief = {"body": "A. B.", "counter_argument": "C.", "topics": ["t"], "entities": ["E"]}
    line = orjson.dumps(brief | {"ai_context": "From E.", "impact_score": 5, "confidence": 0.5})

    ended = counterpoint("check", write("two.jsonl", line + b"\n" + line + b"\n"), "--json")

    assert [line["brief"] for line in read_lines(ended.out)] == [1, 2]


def test_json_gives_the_counted_reading_time_where_none_is_stated(counterpoint, write):
    ended = counterpoint("check", write(readtimesecs=None), "--json")

    (line,) = read_lines(ended.out)
    assert line["readtimesecs"] > 0


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_is_refused_in_a_few_short_lines(counterpoint, write, data):
    ended = counterpoint("check", write(data=data))

    assert ended.code == 1
    assert max(map(len, ended.lines)) < 500
    assert len(ended.lines) < 110


def test_a_document_beyond_the_limit_is_refused(counterpoint, write):
    path = write(data=b"A. " * 2_000_000)

    ended = counterpoint("check", path)

    assert (ended.code, ended.lines[0].partition("; ")[2]) == (1, "write at most 262144")
