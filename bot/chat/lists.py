"""Lists of what a chat follows, whose buttons are their own undo."""

from collections.abc import Sequence

from bot.markup import Button, Html, Message, callback, lines
from bot.texts import Texts
from storage.model.subject import FollowMode, Subject

PAGE = 16
COLUMNS = 2
LABEL_CHARACTERS = 18
_ROUTES = {FollowMode.FOLLOW: "s", FollowMode.MUTE: "x"}


def subscriptions(
    follows: Sequence[Subject],
    mutes: Sequence[Subject],
    words: Texts,
    *,
    page: int = 0,
    stopped: Sequence[Subject] = (),
) -> Message:
    """Return one page of what a chat follows; what was just stopped stays, without its tick.

    Of pages that are no more the last one that is left is shown.
    """
    if not follows and not mutes and not stopped:
        return Message(body=words.html("subscriptions-none"))
    head = words.html("subscriptions-head", count=str(len(follows)))
    muted: Html | None = None
    if mutes:
        names = words.listing(one.label for one in mutes)
        muted = words.html("subscriptions-muted", subjects=names)
    listed = sorted((*follows, *stopped), key=lambda one: (one.label.lower(), one.id))
    page = min(page, max(len(listed) - 1, 0) // PAGE)
    buttons = [
        _toggle(one, page, words, on=one in follows)
        for one in listed[page * PAGE : (page + 1) * PAGE]
    ]
    rows = [tuple(buttons[n : n + COLUMNS]) for n in range(0, len(buttons), COLUMNS)]
    ways = _pages(page, len(listed), words)
    return Message(body=lines(head, muted), keyboard=(*rows, ways) if ways else tuple(rows))


def choose_end(mine: Sequence[Subject], mode: FollowMode, words: Texts) -> Message:
    """Return the question which follow or mute is to end."""
    if not mine:
        none = "subscriptions-none" if mode is FollowMode.FOLLOW else "mutes-none"
        return Message(body=words.html(none))
    usage = "unsubscribe-usage" if mode is FollowMode.FOLLOW else "unmute-usage"
    rows = tuple(
        (
            Button(
                words.plain("button-drop", subject=one.label), callback(_ROUTES[mode], one.id, "0")
            ),
        )
        for one in mine
    )
    return Message(body=words.html(usage), keyboard=rows)


def _toggle(one: Subject, page: int, words: Texts, *, on: bool) -> Button:
    label = one.label
    if len(label) > LABEL_CHARACTERS:
        label = label[: LABEL_CHARACTERS - 1] + "…"
    where = f"l{page}"
    if on:
        said = words.plain("button-following", subject=label)
        return Button(said, callback("l", one.id, "0", where), "success")
    return Button(label, callback("l", one.id, "1", where))


def _pages(page: int, count: int, words: Texts) -> tuple[Button, ...]:
    ways = []
    if page:
        ways.append(Button(words.plain("button-previous-page"), callback("lp", page - 1)))
    if (page + 1) * PAGE < count:
        ways.append(Button(words.plain("button-next-page"), callback("lp", page + 1)))
    return tuple(ways)
