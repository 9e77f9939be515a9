"""A bot of a few lines for the page to talk to: it speaks the Bot API over HTTP, as any bot."""

from typing import Any

from aiohttp import ClientSession

DIGEST = (
    "<b>1 · SpaceX has secured a $2.29 billion contract</b> to deploy a constellation.\n"
    "Impact 8.5 · 92% confident · 2 min\n"
    "<blockquote><b>Counterpoint</b> A single provider is a risk.</blockquote>\n\n"
    "<b>2 · Northland approved a 400 MW battery park</b> next to its wind landing point.\n"
    "for <i>Energy</i>\n"
    "<blockquote expandable><b>Counterpoint</b> "
    + "Opponents say the money would cut outages more if spent on lines. "
    * 6
    + "The end of it.</blockquote>\n\n"
    "Guess first: <tg-spoiler>the hidden word</tg-spoiler>. See SpaceX.com, /help.\n"
    'Next <tg-time unix="1795503600" format="wt">Tuesday 08:00</tg-time>'
)


def keyboard(is_following: bool) -> dict[str, Any]:
    """Return the digest's buttons; the first says what it would do."""
    follow = {"text": "✓ Space", "callback_data": "f.0", "style": "success"}
    if not is_following:
        follow = {"text": "Space", "callback_data": "f.1"}
    return {
        "inline_keyboard": [
            [follow, {"text": "More", "callback_data": "m", "style": "primary"}],
            [{"text": "Delete all", "callback_data": "d", "style": "danger"}],
            [{"text": "Source", "url": "https://example.org/"}],
        ]
    }


class FakeBot:
    """Polls for updates and answers them, until it is cancelled."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def run(self) -> None:
        """Answer one update after the other."""
        await self.call(
            "setMyCommands",
            commands=[
                {"command": "help", "description": "How this works"},
                {"command": "digest", "description": "Your digest now"},
            ],
        )
        await self.call("setMyDescription", description="One digest a day, finite.")
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=50):
                offset = update["update_id"] + 1
                if "message" in update:
                    await self._answer(update["message"])
                elif "callback_query" in update:
                    await self._answer_tap(update["callback_query"])

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method and return its result, None where it is refused."""
        async with self._session.post(f"{self._url}/{method}", json=parameters) as response:
            return (await response.json()).get("result")

    async def _answer(self, message: dict[str, Any]) -> None:
        chat_id = message["chat"]["id"]
        if "document" in message:
            document = message["document"]
            text = f"Got {document['file_name']}, {document['file_size']} bytes"
            await self.call("sendMessage", chat_id=chat_id, text=text)
        elif message.get("text", "").startswith(("/start", "/digest")):
            await self.call(
                "sendMessage",
                chat_id=chat_id,
                text=DIGEST,
                parse_mode="HTML",
                reply_markup=keyboard(is_following=False),
            )
        elif message.get("text"):
            await self.call("sendMessage", chat_id=chat_id, text=f"You said: {message['text']}")

    async def _answer_tap(self, query: dict[str, Any]) -> None:
        data, message = query["data"], query["message"]
        answer = {"m": "That is all.", "d": "This cannot be undone."}.get(data, "Noted")
        named = {"callback_query_id": query["id"], "show_alert": data == "d"}
        await self.call("answerCallbackQuery", text=answer, **named)
        if data.startswith("f."):
            await self.call(
                "editMessageReplyMarkup",
                chat_id=message["chat"]["id"],
                message_id=message["message_id"],
                reply_markup=keyboard(is_following=data == "f.1"),
            )
