"""Documents of 200 kB that try to make a reader slow or deep."""

import pytest

from tests.factories import make_document

SIZE = 200_000

HOSTILE = [
    pytest.param(make_document(topics="[" * SIZE), id="brackets"),
    pytest.param(make_document(topics='["' + "\\" * SIZE), id="backslashes"),
    pytest.param(make_document(topics='["a",' * (SIZE // 5)), id="a list that never ends"),
    pytest.param(b"topics: " * (SIZE // 8), id="labels in one line"),
    pytest.param(b"Counter_argument: x\n" * (SIZE // 20), id="one label over again"),
    pytest.param(b"\n" * SIZE, id="empty lines"),
    pytest.param(b" " * SIZE, id="blanks"),
    pytest.param(b"\xff" * SIZE, id="no text"),
    pytest.param(b"A" * SIZE, id="one word"),
    pytest.param(make_document(impact_score="9" * SIZE), id="digits"),
    pytest.param(make_document(confidence="0." + "1" * SIZE + "e" * 9), id="a long fraction"),
]
