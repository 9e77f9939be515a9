"""The sender's way to Telegram: a call in, an outcome out, never an exception."""

from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.botapi.outcomes import Ambiguous, Outcome, read_result
from bot.botapi.request import Answered, SenderCall, sender_call


class SenderApi:
    """Calls that the ledger promises, on the same ``Bot`` as everything else.

    Each is a raw request, for which no ``Message`` object is built: that is most of what a send
    would cost.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def call(
        self, method: str, parameters: dict[str, Any], *, chat_id: int, leave_before: float
    ) -> Outcome:
        """Call a method of the Bot API and return what became of it.

        If the pace does not let it leave before that instant of its own clock, it is not sent.
        """
        token = sender_call.set(SenderCall(chat_id, leave_before))
        try:
            # A capital first letter, since for the names that the library knows it would warn
            # that it has a method of its own; the Bot API takes any case.
            result = await self._bot.do_api_request(method, api_kwargs=parameters)
        except Answered as answered:
            return answered.outcome
        except KeyError:
            return Ambiguous("the answer has no result")
        except TelegramError as error:
            return Ambiguous(type(error).__name__)
        finally:
            sender_call.reset(token)
        return read_result(result)

    async def is_known(self) -> bool:
        """Tell whether Telegram knows the bot: what must be so before sending goes on."""
        try:
            await self._bot.get_me()
        except TelegramError:
            return False
        return True

    async def send(
        self, parameters: dict[str, Any], *, chat_id: int, leave_before: float
    ) -> Outcome:
        """Send a message."""
        return await self.call(
            "SendMessage", parameters, chat_id=chat_id, leave_before=leave_before
        )

    async def edit(
        self, parameters: dict[str, Any], *, chat_id: int, leave_before: float
    ) -> Outcome:
        """Edit a message."""
        return await self.call(
            "EditMessageText", parameters, chat_id=chat_id, leave_before=leave_before
        )

    async def copy(
        self, parameters: dict[str, Any], *, chat_id: int, leave_before: float
    ) -> Outcome:
        """Copy a message."""
        return await self.call(
            "CopyMessage", parameters, chat_id=chat_id, leave_before=leave_before
        )
