"""The first two messages, and the buttons that choose what to follow."""

from bot.digest.items import counterpoint, headline, scores
from bot.markup import Button, Html, Keyboard, Message, bold, callback, join, lines
from bot.services.welcoming import Welcome
from bot.texts import Texts
from storage.model.subject import EVERYTHING
from storage.model.subscriber import Style, Subscriber

COLUMNS = 2
#: In a button's data: it stands under the welcome of somebody who was here before.
AGAIN = "w"


def greeting(welcome: Welcome, words: Texts) -> Message:
    """Return the first message: what this is, shown by a real brief if there is one."""
    hello = words.html("start-greeting", name=bold(words.html("start-name")))
    if welcome.brief is None:
        return Message(body=hello)
    said = counterpoint(welcome.brief, words, style=Style.OPEN)
    sample = lines(headline(welcome.brief), scores(welcome.brief, words), said)
    return Message(body=join((hello, words.html("start-sample"), sample), "\n\n"))


def question(welcome: Welcome, words: Texts, *, is_new: bool) -> Message:
    """Return the question what to watch for, with the sections that have briefs."""
    if is_new:
        body = words.html("start-question")
    else:
        body = words.html("start-again", count=len(welcome.followed))
    return Message(body=body, keyboard=_choices(welcome, words, is_new=is_new))


def _choices(welcome: Welcome, words: Texts, *, is_new: bool) -> Keyboard:
    """Return the buttons of sections, Everything and Done; what is followed has a tick."""
    where = () if is_new else (AGAIN,)
    buttons = [_toggle(one.id, one.label, welcome, where) for one in welcome.sections]
    rows = [tuple(buttons[n : n + COLUMNS]) for n in range(0, len(buttons), COLUMNS)]
    everything = _toggle(EVERYTHING, words.plain("button-everything"), welcome, where)
    done = Button(words.plain("button-done"), callback("ok"), "primary")
    return (*rows, (everything,), (done,))


def chosen(reader: Subscriber, labels: list[str], zone: str, words: Texts) -> Message:
    """Return what is said when the choice is done."""
    times = reader.preferences.times
    clock = f"{times[0] // 60:02}:{times[0] % 60:02}"
    names: list[Html] = [bold(label) for label in labels]
    said = words.html("start-done", subjects=join(names, ", "))
    next_at = reader.next_due_at
    when = None
    if next_at is not None:
        shown = words.when(next_at, zone)
        when = words.html("start-done-next", time=clock, when=shown)
    ask = None
    if reader.preferences.zone is None:
        ask = words.html("start-done-zone", time=clock)
    button = Button(words.plain("button-digest-now"), callback("dn"), "primary")
    return Message(body=lines(said, when, ask), keyboard=((button,),))


def _toggle(subject_id: int, label: str, welcome: Welcome, where: tuple[str, ...]) -> Button:
    """Return the button that sets the other state; it says which state is meant."""
    if subject_id in welcome.followed:
        return Button(f"✓ {label}", callback("o", subject_id, "0", *where), "success")
    return Button(label, callback("o", subject_id, "1", *where))
