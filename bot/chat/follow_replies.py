"""What is said when somebody follows or mutes, and the buttons under it."""

from bot.markup import Button, Html, Keyboard, Message, bold, callback, lines
from bot.services.following import Followed
from bot.texts import Texts
from storage.model.subject import SubjectKind

LABEL_CHARACTERS = 34


def followed(found: Followed, words: Texts) -> Message:
    """Return the answer to a follow: what it brings, what was maybe meant, what is close."""
    if found.subject.kind is SubjectKind.SECTION and found.is_new:
        message = "follow-section"
    else:
        message = "follow-done" if found.is_new else "follow-already"
    subject = bold(found.subject.label)
    said: list[Html | None] = [words.html(message, subject=subject, count=found.recent)]
    rows: list[tuple[Button, ...]] = []
    if found.meant:
        said.append(words.html("follow-meant"))
        rows += [
            (
                Button(
                    _short(words.plain("button-instead", subject=one.label)),
                    callback("s", one.id, "1", found.subject.id),
                ),
            )
            for one in found.meant
        ]
    if found.offers:
        said.append(words.html("follow-offers"))
        rows += [
            (
                Button(
                    _short(words.plain("button-follow", subject=one.label)),
                    callback("s", one.id, "1"),
                ),
            )
            for one in found.offers
        ]
    if found.is_new:
        rows.append((_undo(found, words),))
    return Message(body=lines(*said), keyboard=tuple(rows))


def muted(found: Followed, words: Texts) -> Message:
    """Return the answer to a mute, with its undo."""
    message = "mute-done" if found.is_new else "mute-already"
    values = {"count": found.recent} if found.is_new else {}
    body = words.html(message, subject=bold(found.subject.label), **values)
    undo = Button(words.plain("button-undo"), callback("x", found.subject.id, "0"))
    keyboard: Keyboard = ((undo,),) if found.is_new else ()
    return Message(body=body, keyboard=keyboard)


def _undo(found: Followed, words: Texts) -> Button:
    return Button(words.plain("button-undo"), callback("s", found.subject.id, "0"))


def _short(label: str) -> str:
    return label if len(label) <= LABEL_CHARACTERS else label[: LABEL_CHARACTERS - 1] + "…"
