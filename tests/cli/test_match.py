"""match says which follows would bring which briefs, by which ring, because of what."""

import orjson
import pytest


def test_a_word_of_a_topic_brings_the_seed(counterpoint, the_seed):
    ended = counterpoint("match", the_seed, "--follow", "satellites")

    assert ended.code == 0
    assert ended.lines == [
        f"{the_seed}: 'satellites' by words, because of 'military satellite constellation'"
    ]


@pytest.mark.parametrize(
    ("follow", "ring", "because"),
    [
        pytest.param("us space force", "name", "U.S. Space Force", id="a name"),
        pytest.param("Breaking Defense", "name", "Breaking Defense", id="the source"),
        pytest.param("satellite", "words", "military satellite constellation", id="a word"),
        pytest.param("primary communications", "headline", "SpaceX has secured", id="headline"),
        pytest.param("defense", "section", "Space Force", id="another name of a section"),
    ],
)
def test_json_names_ring_with_cause(counterpoint, the_seed, follow, ring, because):
    ended = counterpoint("match", the_seed, "--follow", follow, "--json")

    (line,) = [orjson.loads(line) for line in ended.lines]
    assert line.pop("because").startswith(because)
    assert line == {"file": str(the_seed), "brief": 1, "follow": follow, "ring": ring}


def test_a_section_brings_what_is_in_it(counterpoint, the_seed):
    ended = counterpoint("match", the_seed, "--follow", "Space", "--follow", "Defence")

    assert ended.code == 0
    assert [line.split(" by ")[0] for line in ended.lines] == [
        f"{the_seed}: 'Space'",
        f"{the_seed}: 'Defence'",
    ]


def test_a_follow_that_matches_nothing_prints_nothing(counterpoint, the_seed):
    ended = counterpoint("match", the_seed, "--follow", "offshore wind")

    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_the_text_of_a_body_never_matches(counterpoint, the_seed):
    ended = counterpoint("match", the_seed, "--follow", "geostationary")

    assert ended.out == ""


def test_nothing_is_stored(counterpoint, tmp_path, the_seed):
    counterpoint("match", the_seed, "--follow", "satellites")

    assert list(tmp_path.iterdir()) == []


def test_a_refused_document_does_not_hide_the_matches_of_others(counterpoint, write, the_seed):
    broken = write(impact_score="11")

    ended = counterpoint("match", broken, the_seed, "--follow", "satellites", "--json")

    assert ended.code == 1
    assert [orjson.loads(line)["file"] for line in ended.lines] == [str(the_seed)]
    assert ended.err.startswith(f"{broken}:9: impact_score is 11")


def test_without_a_follow_it_is_wrong_use(counterpoint, the_seed):
    ended = counterpoint("match", the_seed)

    assert ended.code == 2
    assert "--follow" in ended.err
