"""The tour: the whole story in the terminal, which checks what it shows."""

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.align import Align
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.rule import Rule

from bot.cli.playground.scene import Scene, open_scene
from bot.clock import SystemClock
from bot.config import find_seeds
from bot.ingest.load import document_of
from bot.ingest.results import BriefRead
from bot.markup import base36
from bot.playground.conversation import NoReply
from bot.playground.people import Person
from bot.playground.shown import Shown
from storage.model.brief import BriefDraft

THE_SEED = "000_1d59a4781fe81040.txt"
WAIT_SECONDS = 15.0

BROKEN = """Regulators approved a plan to store more rain water under two city parks.

Counter_argument: N/A

ai_context: A document with mistakes, to show what an editor is told.

topics: ["rain water", "city parks" entities: ["City council"] impact_score: 11 confidence: 0.8
"""


class TourFailed(Exception):
    """Something that the tour was to show is not so."""


async def tell(console: Console) -> None:
    """Tell the story from the document to the digest; raise ``TourFailed`` if it is not so."""
    today = SystemClock().now().date()
    starts_at = datetime.combine(today, time(15, 0), tzinfo=UTC)
    seed = find_seeds() / THE_SEED
    async with open_scene(port=0, starts_at=starts_at) as scene:
        story = _Story(console, scene)
        try:
            draft = story.the_document(seed)
            await story.a_reader_follows()
            digest = await story.the_morning(draft)
            await story.the_brief(digest, draft)
            await story.an_editor()
            await story.a_retraction(digest)
        except NoReply as silence:
            raise TourFailed(str(silence)) from None
        accepted = len(list(scene.playground.accepted))
    console.print(Rule(style="dim"))
    console.print(
        f"That was all of it, over a socket: {accepted} calls accepted by a local"
        " Bot API server, none lost, none twice. To be the reader yourself: [bold]make play[/bold]"
    )


class _Story:
    def __init__(self, console: Console, scene: Scene) -> None:
        self._console = console
        self._scene = scene
        self._chapter = 0

    def the_document(self, seed: Path) -> BriefDraft:
        self._open(f"A document comes in: {seed.name}")
        found = document_of(seed.name, seed.read_bytes())
        self._check(found is not None, "the seed is a document")
        assert found is not None
        (result,) = self._scene.parts.reader.read(found)
        self._check(isinstance(result, BriefRead), "the seed is read")
        assert isinstance(result, BriefRead)
        self._check(not result.warnings, "the seed is read without a warning")
        draft = result.draft
        self._say(f"[bold]headline[/bold]  {escape(draft.headline)}")
        self._say(f"[bold]against[/bold]   {escape(draft.counter_argument)}")
        self._say(f"[bold]topics[/bold]    {escape(', '.join(draft.topics))}")
        self._say(f"[bold]entities[/bold]  {escape(', '.join(draft.entities))}")
        self._say(
            f"[bold]scores[/bold]    impact {draft.impact:g}, confidence {draft.confidence:g},"
            f" {draft.read_seconds} s to read"
        )
        self._say("[dim]It is out, with eighteen demonstration briefs beside it.[/dim]")
        return draft

    async def a_reader_follows(self) -> None:
        self._open("A reader says hello, and types a word")
        reader = self._scene.reader
        await self._exchange(reader, "/start", replies=2)
        reply = (await self._exchange(reader, "satellites"))[0]
        self._check("You follow satellites" in reply.text, "the reader follows satellites")
        reply = (await self._exchange(reader, "/timezone Berlin"))[0]
        self._check("Europe/Berlin" in reply.text, "Berlin is a place")

    async def the_morning(self, draft: BriefDraft) -> Shown:
        self._open("The clock is pushed to the next morning")
        reader = self._scene.reader
        reader.expect()
        at = await self._scene.move_to(None)
        local = at.astimezone(ZoneInfo("Europe/Berlin"))
        self._say(f"[dim]It is {local:%A %H:%M} in Berlin.[/dim]")
        digest = await reader.next_reply(WAIT_SECONDS)
        self._show(digest)
        self._check(draft.counter_argument in digest.text, "the digest has the counter-argument")
        self._check(digest.text.startswith("1 · SpaceX"), "the news is the first line")
        self._check_order(digest)
        return digest

    async def the_brief(self, digest: Shown, draft: BriefDraft) -> None:
        self._open("A tap on 1 opens the brief in place")
        reader = self._scene.reader
        await reader.tap("1", message=digest)
        brief = await reader.next_reply(WAIT_SECONDS)
        self._show(brief)
        self._check(brief.id == digest.id, "it is the same message")
        self._check(draft.counter_argument in brief.text, "the brief has its counter-argument")
        last = draft.body.rpartition("\n\n")[2]
        self._check(last in brief.text, "the brief is whole")
        self._check("Source: Breaking Defense" in brief.text, "the source is named")
        await reader.tap("‹ Digest", message=digest)
        back = await reader.next_reply(WAIT_SECONDS)
        self._check(back.text == digest.text, "and back again to the digest")

    async def an_editor(self) -> None:
        self._open("An editor sends a document with mistakes")
        editor = self._scene.editor
        await editor.say("/start")
        await editor.next_reply(WAIT_SECONDS)
        await editor.next_reply(WAIT_SECONDS)
        await editor.upload("broken.txt", BROKEN.encode())
        report = await editor.next_reply(WAIT_SECONDS)
        self._show(report, who="to the editor")
        for said in ("impact_score is 11", "is left open", "1 refused"):
            self._check(said in report.text, f"the report says that {said!r}")

    async def a_retraction(self, digest: Shown) -> None:
        self._open("The editor withdraws a brief; the copy already delivered says so")
        reader, editor = self._scene.reader, self._scene.editor
        brief_id = base36(1)
        reader.expect()
        await self._exchange(editor, f"/retract {brief_id} its source withdrew the figure")
        edited = await reader.next_reply(WAIT_SECONDS)
        self._show(edited)
        self._check(edited.id == digest.id, "it is the digest that was delivered")
        self._check("its source withdrew the figure" in edited.text, "the reason stands in it")

    async def _exchange(self, person: Person, said: str, *, replies: int = 1) -> list[Shown]:
        bubble = Panel(escape(said), title=person.name, border_style="green", expand=False)
        self._console.print(Align.right(bubble))
        await person.say(said)
        found = []
        for _ in range(replies):
            found.append(await person.next_reply(WAIT_SECONDS))
            self._show(found[-1])
        return found

    def _check_order(self, digest: Shown) -> None:
        impacts = [
            float(line.split(" ")[1])
            for line in digest.text.splitlines()
            if line.startswith("Impact ")
        ]
        self._check(bool(impacts), "every item states its impact")
        self._check(impacts == sorted(impacts, reverse=True), "the items stand by impact")
        items = digest.text.count("Counterpoint ")
        self._check(items == len(impacts), "every item has its counter-argument")

    def _open(self, title: str) -> None:
        self._chapter += 1
        self._console.print()
        self._console.print(Rule(f"[bold]{self._chapter}. {escape(title)}[/bold]", align="left"))

    def _say(self, markup: str) -> None:
        self._console.print(markup)

    def _show(self, message: Shown, *, who: str = "Counterpoint") -> None:
        buttons = "\n".join("  ".join(f"[{b.label}]" for b in row) for row in message.buttons)
        body = message.text + (f"\n\n{buttons}" if buttons else "")
        self._console.print(
            Panel(escape(body), title=who, title_align="left", width=min(self._console.width, 92))
        )

    def _check(self, is_so: bool, what: str) -> None:
        if not is_so:
            raise TourFailed(f"it is not so that {what}")
        self._console.print(f"  [green]✓[/green] [dim]{escape(what)}[/dim]")
