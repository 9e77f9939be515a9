"""A process of its own that holds a database while a test looks on.

    python holder.py writing|bot sqlite:///path

It says "held" when it has what it came for, and lets go at the next line it reads.
"""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from storage import markers
from storage.database import Database
from tests.fakes import NOON


def say(word: str) -> None:
    print(word, flush=True)
    sys.stdin.readline()


async def hold(what: str, url: str) -> None:
    database = Database(url)
    if what == "bot":
        database.be_the_bot()
        say("held")
    else:
        async with database.writing() as tx:
            await markers.put(tx, name="elsewhere", now=NOON)
            say("held")
    await database.close()


if __name__ == "__main__":
    asyncio.run(hold(*sys.argv[1:]))
