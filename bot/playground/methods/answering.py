"""Methods that answer what a person did, and those that fetch what they sent."""

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.refusals import bad_request
from bot.playground.shapes import Json
from bot.playground.world import CallbackAnswer, World

_MOST_ANSWER = 200


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """Answer a tap, once and in time."""
    query_id = arguments.text("callback_query_id")
    waiting = world.queries.get(query_id)
    if waiting is None or waiting.done():
        raise bad_request(refusals.QUERY_TOO_OLD)
    text = arguments.text("text")
    if len(text) > _MOST_ANSWER:
        raise bad_request(refusals.ANSWER_TOO_LONG)
    del world.queries[query_id]
    waiting.set_result(
        CallbackAnswer(
            text=text, show_alert=arguments.flag("show_alert"), url=arguments.text("url")
        )
    )
    return True


def get_file(world: World, arguments: Arguments) -> Json:
    """Return where a file can be fetched."""
    stored = world.files.find_download(arguments.text("file_id"))
    document = stored.document
    return {
        "file_id": document.file_id,
        "file_unique_id": document.file_unique_id,
        "file_size": document.file_size,
        "file_path": stored.path,
    }
