"""Taps that choose what to follow. A button names the state it sets, so repeats do no harm."""

from telegram import Update

from bot.chat import follow_replies, lists, onboarding
from bot.chat.deps import Deps
from bot.chat.failures import words_for
from bot.chat.people import speaker_of
from bot.chat.replies import answer, answer_with, change, toast
from bot.errors import Refused
from bot.markup import Message, bold, read_base36
from bot.services import following, welcoming
from bot.services.preferences import find_reader
from storage.model.subject import EVERYTHING, FollowMode, Subject, SubjectId


async def welcome_choice(deps: Deps, update: Update, arguments: list[str]) -> None:
    """Follow or drop a section of the first question, and show the ticks as they are."""
    subject_id, wanted = _subject(arguments), arguments[1:2] == ["1"]
    await _set(deps, update, subject_id, wanted=wanted)
    await toast(update)
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    welcome = await welcoming.prepare(deps.db, chat_id=speaker.chat_id, now=deps.clock.now())
    is_new = onboarding.AGAIN not in arguments[2:]
    await change(update, onboarding.question(welcome, words, is_new=is_new))


async def welcome_done(deps: Deps, update: Update, arguments: list[str]) -> None:  # noqa: ARG001 - a route's shape
    """End the choice; who chose nothing follows Everything."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    follows, _ = await following.list_followed(deps.db, chat_id=speaker.chat_id)
    if not follows:
        await _set(deps, update, EVERYTHING, wanted=True)
        follows, _ = await following.list_followed(deps.db, chat_id=speaker.chat_id)
    await toast(update)
    reader = await find_reader(deps.db, chat_id=speaker.chat_id)
    zone = reader.preferences.zone or deps.digest.default_zone
    labels = [one.label for one in follows]
    await change(update, onboarding.chosen(reader, labels, zone, words_for(update)))


async def follow(deps: Deps, update: Update, arguments: list[str]) -> None:
    """Follow what was offered or meant, or undo a follow."""
    subject_id, wanted = _subject(arguments), arguments[1:2] == ["1"]
    instead = read_base36(arguments[2]) if len(arguments) > 2 else None
    speaker = speaker_of(update)
    if speaker is None:
        return
    words = words_for(update)
    if not wanted:
        label = await following.unfollow_subject(
            deps.db, chat_id=speaker.chat_id, subject_id=subject_id, mode=FollowMode.FOLLOW
        )
        ended = _ended("follow-ended", label, update)
        await toast(update)
        await change(update, ended)
        return
    await find_reader(deps.db, chat_id=speaker.chat_id)
    found = await following.follow_subject(
        deps.db,
        chat_id=speaker.chat_id,
        subject_id=subject_id,
        now=deps.clock.now(),
        instead_of=None if instead is None else SubjectId(instead),
    )
    if found is None:
        raise Refused("menu-old")
    await toast(update)
    if instead is not None:
        await change(update, follow_replies.followed(found, words))
    else:
        await answer_with(update, follow_replies.followed(found, words))


async def unmute(deps: Deps, update: Update, arguments: list[str]) -> None:
    """End a mute."""
    speaker = speaker_of(update)
    if speaker is None:
        return
    label = await following.unfollow_subject(
        deps.db, chat_id=speaker.chat_id, subject_id=_subject(arguments), mode=FollowMode.MUTE
    )
    ended = _ended("mute-ended", label, update)
    await toast(update)
    await answer(update, ended.body)


async def listed(deps: Deps, update: Update, arguments: list[str]) -> None:
    """Stop or go on from the list, which keeps what was stopped so that it can be undone."""
    subject_id, wanted = _subject(arguments), arguments[1:2] == ["1"]
    label = await _set(deps, update, subject_id, wanted=wanted)
    await toast(update)
    stopped = [] if wanted or label is None else [label]
    page = arguments[2].removeprefix("l") if len(arguments) > 2 else "0"
    await _show_list(deps, update, int(page) if page.isdecimal() else 0, stopped)


async def list_page(deps: Deps, update: Update, arguments: list[str]) -> None:
    """Turn a page of the list."""
    await toast(update)
    await _show_list(deps, update, read_base36(arguments[0]) or 0 if arguments else 0, [])


async def _show_list(deps: Deps, update: Update, page: int, stopped: list[Subject]) -> None:
    speaker = speaker_of(update)
    if speaker is None:
        return
    follows, mutes = await following.list_followed(deps.db, chat_id=speaker.chat_id)
    words = words_for(update)
    shown = lists.subscriptions(follows, mutes, words, page=page, stopped=stopped)
    await change(update, shown)


async def _set(
    deps: Deps, update: Update, subject_id: SubjectId, *, wanted: bool
) -> Subject | None:
    speaker = speaker_of(update)
    if speaker is None:
        return None
    await find_reader(deps.db, chat_id=speaker.chat_id)
    return await following.set_follow(
        deps.db,
        chat_id=speaker.chat_id,
        subject_id=subject_id,
        wanted=wanted,
        now=deps.clock.now(),
    )


def _subject(arguments: list[str]) -> SubjectId:
    number = read_base36(arguments[0]) if arguments else None
    if number is None:
        raise Refused("menu-old")
    return SubjectId(number)


def _ended(message: str, label: str | None, update: Update) -> Message:
    if label is None:
        raise Refused("menu-old")
    return Message(body=words_for(update).html(message, subject=bold(label)))
