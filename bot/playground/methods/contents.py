"""What a message is to say, from the parameters of a call."""

from bot.playground import refusals
from bot.playground.arguments import Arguments
from bot.playground.files import Files
from bot.playground.model import Document
from bot.playground.refusals import bad_request
from bot.playground.text.entities import FormattedText, utf16_length
from bot.playground.text.reading import TextReader

_MOST_TEXT = 4096
_MOST_CAPTION = 1024
_ATTACHED = "attach://"


def read_text(texts: TextReader, arguments: Arguments) -> FormattedText:
    """Return the text of a call, its markup read; its length is not yet checked."""
    text = arguments.text("text")
    if not text:
        raise bad_request(refusals.TEXT_MISSING)
    return texts.read(text, arguments.text("parse_mode"), _entities(arguments, "entities"))


def check_text(text: FormattedText) -> FormattedText:
    """Return the text if something of it is left to see and it is not too long."""
    if not text.text:
        raise bad_request(refusals.TEXT_BLANK)
    if utf16_length(text.text) > _MOST_TEXT:
        raise bad_request(refusals.TEXT_LONG)
    return text


def read_caption(texts: TextReader, arguments: Arguments) -> FormattedText:
    """Return the caption of a call, its markup read; its length is not yet checked."""
    caption, mode = arguments.text("caption"), arguments.text("parse_mode")
    return texts.read(caption, mode, _entities(arguments, "caption_entities"))


def check_caption(caption: FormattedText) -> FormattedText:
    """Return the caption if it is not too long."""
    if utf16_length(caption.text) > _MOST_CAPTION:
        raise bad_request(refusals.CAPTION_LONG)
    return caption


def read_document(files: Files, arguments: Arguments) -> Document:
    """Return the file of a call: sent along, or named by the id it got before."""
    named = arguments.text("document")
    if named and not named.startswith(_ATTACHED):
        return files.find_sent(named)
    upload = arguments.files.get(named.removeprefix(_ATTACHED) or "document")
    if upload is None:
        raise bad_request(refusals.NO_DOCUMENT)
    return files.add(upload.file_name, upload.data)


def _entities(arguments: Arguments, name: str) -> object:
    try:
        return arguments.json(name)
    except ValueError:
        return None
