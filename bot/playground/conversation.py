"""A chat as one watches it: what it shows, and what the bot says next."""

import asyncio
import contextlib
from collections import deque

from bot.playground import acting
from bot.playground.acting import CannotDo
from bot.playground.events import Event, EventKind
from bot.playground.model import Button, Chat, MarkupKind, Message, User
from bot.playground.shown import Shown, show, transcript
from bot.playground.world import CallbackAnswer, World


class NoReply(TimeoutError):
    """The bot did not say anything in time; the text shows the chat."""


class Conversation:
    """A chat that can be read and waited in."""

    def __init__(self, world: World, chat: Chat, callback_seconds: float) -> None:
        self.chat = chat
        self._world = world
        self.callback_seconds = callback_seconds
        self._replies: deque[Shown] = deque()
        self._came = asyncio.Event()

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    @property
    def messages(self) -> list[Shown]:
        """What the chat shows now, oldest first."""
        return [show(message) for message in self.chat.messages.values()]

    def transcript(self) -> str:
        """Return the chat as text, buttons in brackets."""
        return transcript(self.chat.messages.values())

    async def next_reply(self, timeout: float = 5.0) -> Shown:
        """Wait for what the bot says or edits next, since the last wait or act of a person.

        Raises ``NoReply`` where nothing comes.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not self._replies:
                    self._came.clear()
                    await self._came.wait()
        if not self._replies:
            raise NoReply(
                f"nothing from the bot within {timeout} s; the chat so far:\n{self.transcript()}"
            )
        return self._replies.popleft()

    def hear(self, event: Event) -> None:
        """Take note of something that happened in the chat."""
        message = event.subject
        is_news = event.kind in {EventKind.MESSAGE, EventKind.EDIT}
        if not is_news or not isinstance(message, Message):
            return
        if message.is_outgoing and message.content.service is None:
            self._replies.append(show(message))
            self._came.set()

    def expect(self) -> None:
        """Forget what has come, since somebody is about to act."""
        self._replies.clear()

    async def tap_as(
        self,
        user: User,
        label: str,
        *,
        data: str = "",
        message: Shown | int | None = None,
        timeout: float = 5.0,
    ) -> CallbackAnswer | None:
        """Tap a button: on a message, or on the last one that has it, by label or by data.

        Returns the bot's answer to the tap, or None when none comes in time or the button needs
        none. A link to the bot is followed, a button of a reply keyboard is said.
        """
        found, button = self._find(label, data, message)
        self.expect()
        if "callback_data" in button:
            pressed = str(button["callback_data"])
            answer = acting.tap(self._world, found, user, pressed, self.callback_seconds)
            await asyncio.wait({answer}, timeout=timeout)
            return answer.result() if answer.done() and not answer.cancelled() else None
        is_typed = found.markup is not None and found.markup.kind is MarkupKind.KEYBOARD
        text = str(button["text"]) if is_typed else ""
        text = text or acting.deep_link_command(self._world, str(button.get("url", "")))
        if text:
            acting.say(self._world, self.chat, user, text)
        return None

    def _find(self, label: str, data: str, message: Shown | int | None) -> tuple[Message, Button]:
        wanted = message.id if isinstance(message, Shown) else message
        for candidate in reversed(self.chat.messages.values()):
            if wanted in {None, candidate.id}:
                button = acting.find_button(candidate, label, data)
                if button is not None:
                    return candidate, button
        raise CannotDo(
            f"there is no button {(data or label)!r} to tap; the chat so far:\n{self.transcript()}"
        )
