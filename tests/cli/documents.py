"""Documents of 200 kB that try to make a reader slow or deep."""

from tests.factories import make_document

SIZE = 200_000

HOSTILE = {
    "brackets": make_document(topics="[" * SIZE),
    "backslashes": make_document(topics='["' + "\\" * SIZE),
    "a list that never ends": make_document(topics='["a",' * (SIZE // 5)),
    "labels in one line": b"topics: " * (SIZE // 8),
    "one label over again": b"Counter_argument: x\n" * (SIZE // 20),
    "empty lines": b"\n" * SIZE,
    "blanks": b" " * SIZE,
    "no text": b"\xff" * SIZE,
    "one word": b"A" * SIZE,
    "digits": make_document(impact_score="9" * SIZE),
    "a long fraction": make_document(confidence="0." + "1" * SIZE + "e" * 9),
}
