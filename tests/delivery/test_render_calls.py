"""The parameters of the call that fulfils a delivery."""

import pytest

from bot.delivery.render import Prepared, Renderer, parameters_of
from bot.digest.compose import Shown
from bot.digest.recipe import Remark
from storage.model.copies import Copy, CopyId, CopyState
from tests.factories import make_brief, make_delivery
from tests.flow.desk import make_recipe

BRIEF = make_brief(headline="Is 1 < 2?")


def prepared(*, copy=None, remarks=Remark.NONE, **delivery):
    return Prepared(
        delivery=make_delivery(chat_id=1001, **delivery),
        recipe=make_recipe(BRIEF.id, remarks=remarks),
        shown=Shown(briefs={BRIEF.id: BRIEF}, labels={}),
        copy=copy,
    )


def call(one, **more):
    return parameters_of(one, Renderer().message(one), **more)


def make_copy(**changed):
    values = {
        "id": CopyId(5),
        "chat_id": 1001,
        "message_id": 77,
        "inline_id": None,
        "delivery_id": 12,
        "recipe": b"",
        "view": "list",
        "state": CopyState.LIVE,
    }
    return Copy(**(values | changed))


def test_a_digest_goes_to_its_chat_with_formatting():
    made = call(prepared())

    assert (made["chat_id"], made["parse_mode"]) == (1001, "HTML")
    assert made["text"].startswith("<b>1 · Is 1 &lt; 2?</b>")
    assert "message_id" not in made


def test_a_plain_digest_has_the_same_words_without_marks():
    made = call(prepared(), plain=True)

    assert made["text"].startswith("1 · Is 1 < 2?")
    assert not {"parse_mode", "reply_markup"} & made.keys()


def test_buttons_name_the_delivery():
    made = call(prepared(id=36))

    buttons = [b for row in made["reply_markup"]["inline_keyboard"] for b in row]
    assert all("10" in button["callback_data"] for button in buttons)


@pytest.mark.parametrize("plain", [False, True])
def test_an_edit_goes_to_the_message_of_its_copy(plain):
    made = call(prepared(copy=make_copy(), thread_id=3, remarks=Remark.SILENT), plain=plain)

    assert (made["chat_id"], made["message_id"]) == (1001, 77)
    assert not {"message_thread_id", "disable_notification"} & made.keys()


def test_buttons_of_an_edit_name_the_delivery_of_its_copy():
    made = call(prepared(copy=make_copy(delivery_id=36), id=99))

    buttons = [b for row in made["reply_markup"]["inline_keyboard"] for b in row]
    assert all("10" in button["callback_data"] for button in buttons)


@pytest.mark.parametrize("plain", [False, True])
def test_a_topic_is_named(plain):
    assert call(prepared(thread_id=3), plain=plain)["message_thread_id"] == 3


@pytest.mark.parametrize("plain", [False, True])
def test_a_silent_digest_notifies_nobody(plain):
    assert call(prepared(remarks=Remark.SILENT), plain=plain)["disable_notification"] is True


def test_no_link_is_previewed():
    assert call(prepared())["link_preview_options"] == {"is_disabled": True}
