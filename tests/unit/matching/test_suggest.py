"""What a person may have meant who typed a name that nothing carries."""

import pytest

from bot.matching.suggest import suggest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("space frce", "Space Force", id="letter left out"),
        pytest.param("electricty prices", "electricity prices", id="letter left out of a word"),
        pytest.param("Nvdia", "Nvidia", id="name"),
        pytest.param("northland", "Northland Grid", id="part of a name"),
        pytest.param("rare erths", "rare earth metals", id="letter left out of a longer name"),
        pytest.param("semicond", "semiconductors", id="beginning of a name"),
        pytest.param("Northland company of the north", "Northland", id="more than the name"),
    ],
)
def test_a_name_spelled_much_alike_is_suggested(typed, meant):
    assert meant in suggest(typed, ["offshore wind", meant])


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        pytest.param("chess", "housing", id="another word"),
        pytest.param("ice", "ice sheet", id="short word in a longer name"),
        pytest.param("space force", "Space Forge Orbital Manufacturing", id="long name"),
        pytest.param("Iran", "Ireland", id="short names"),
        pytest.param("electricty prices", "ICE", id="name inside of a word"),
        pytest.param("land use", "Northland user groups", id="typed inside of a word"),
    ],
)
def test_another_name_is_not(typed, other):
    assert suggest(typed, [other]) == []


def test_the_most_alike_comes_first():
    found = suggest("space frce", ["space farce one", "Space Force"])

    assert found[0] == "Space Force"


def test_what_was_typed_is_left_out():
    assert suggest("space-force", ["Space Force"]) == []


def test_capitals_may_have_meant_the_same_name_in_other_letters():
    assert suggest("CHINA", ["China"]) == ["China"]


def test_an_acronym_is_left_out_where_it_is_the_same():
    assert suggest("NATO", ["N.A.T.O."]) == []


def test_of_names_with_one_key_the_first_is_suggested():
    assert suggest("northlnd grid", ["Northland Grid", "northland-grid"]) == ["Northland Grid"]


def test_at_most_five_are_suggested():
    names = [f"space force {number}" for number in range(9)]

    assert len(suggest("space force", names)) == 5


def test_without_names_nothing_is_suggested():
    assert suggest("space", []) == []
