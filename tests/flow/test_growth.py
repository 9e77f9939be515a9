"""A store that years have filled is as quick as a new one: nothing reads what is long over."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot.markup import base36
from bot.services import wellbeing
from storage import chats
from storage.database import Database
from storage.model.subscriber import ChatStatus
from tests.factories import make_document
from tests.flow.archive import fill
from tests.flow.stage import Scene, open_scene
from tests.flow.steps import Steps, counted
from tests.flow.test_asking_now import about_storage

FEW, MANY = 200, 2000
#: What a statement may take more of where there is ten times as much: an index is deeper.
MORE = 20
_VALUES = re.compile(r"-?\b\d+\b|'[^']*'|x'[0-9a-f]*'")


async def live_on(scene: Scene, *, count: int, with_statistics: bool) -> None:
    """Let somebody join, years pass, and the bot start again and take its first brief in."""
    await scene.joins(scene.reader, follows="battery storage", zone="Berlin")
    await fill(scene.db, count=count, like=scene.reader.id, now=scene.clock.now())
    if with_statistics:
        async with scene.db.writing() as tx:
            await tx.exec_driver_sql("ANALYZE")
    await scene.bot.stop()
    await scene.restart()
    await scene.release(make_document())


async def use_all(scene: Scene) -> None:
    """Do once what a day brings."""
    now = scene.clock.now
    first, _second = await scene.release(about_storage(1, 3.0), about_storage(2, 4.0))
    await scene.ask(scene.reader, "/subscribe solar power")
    await scene.move(hours=20)
    await scene.digest_now(scene.reader)
    for said in ("/subscriptions", "/mute nato", "/unsubscribe solar power", "/time 9"):
        await scene.ask(scene.reader, said)
    await scene.ask(scene.reader, f"/brief {base36(first)}")
    for said in ("/queue", f"/retract {base36(first)} its source withdrew it"):
        await scene.ask(scene.editor, said)
    await scene.all_sent()
    await scene.ask(scene.owner, "/uncertain")
    await wellbeing.look(scene.db, now=now())
    await scene.bot._beat()
    await scene.bot._look_after()
    await scene.bot._do_chores()
    await leave(scene.db, scene)
    await scene.bot.stop()
    await scene.restart()


async def leave(db: Database, scene: Scene) -> None:
    """Let the reader's chat move, and block the bot there."""
    async with db.writing() as tx:
        await chats.move(tx, old=scene.reader.id, new=-1001, now=scene.clock.now())
    async with db.writing() as tx:
        await chats.mark_gone(tx, chat_id=-1001, status=ChatStatus.BLOCKED, now=scene.clock.now())


async def take_of(url: str, *, count: int, with_statistics: bool) -> Counter[str]:
    """Return what each statement of a day took, where there are so many old rows."""
    with counted() as steps:
        async with open_scene(url, is_furnished=True) as scene:
            await live_on(scene, count=count, with_statistics=with_statistics)
            steps.clear()
            await use_all(scene)
    return alike(steps)


def alike(steps: Steps) -> Counter[str]:
    """Add up statements that differ by values only."""
    found: Counter[str] = Counter()
    for statement, count in steps.by_statement.items():
        found[_VALUES.sub("?", statement)] += count
    return found


@pytest.mark.parametrize(
    "with_statistics",
    [False, pytest.param(True, marks=pytest.mark.slow)],  # nobody makes any, but one may
    ids=["as_it_is", "analyzed"],
)
async def test_no_statement_reads_what_is_long_over(
    furnished_sqlite: Path, tmp_path: Path, with_statistics: bool
):
    took = []
    for count in (FEW, MANY):
        path = tmp_path / f"{count}.db"
        shutil.copy(furnished_sqlite, path)
        took.append(
            await take_of(f"sqlite:///{path}", count=count, with_statistics=with_statistics)
        )

    few, many = took
    grown = [
        f"{few[statement]} became {count}: {statement}"
        for statement, count in many.items()
        if count > few[statement] * 1.5 + MORE
    ]
    assert not grown, "\n".join(grown)
    assert len(many) > 50
