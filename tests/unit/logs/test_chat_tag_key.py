"""The tag of a chat is keyed anew in each run, so that a list of ids does not give it away."""

import subprocess
import sys


def test_another_run_gives_another_tag():
    said = "from bot.logs import chat_tag; print(chat_tag(1001))"

    tags = {
        subprocess.run(
            [sys.executable, "-c", said], check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    }

    assert len(tags) == 2
