"""Follows in the store: what a typed name stands for, and what it is matched with."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services import following, releasing
from bot.services import subjects as typed_subjects
from bot.services.matcher import Matcher
from storage import briefs, matches, subjects
from storage.matches import Wanted
from storage.model.brief import BriefState
from storage.model.subject import FollowMode, Match, Ring, SubjectKind
from tests.factories import at, make_lexicon
from tests.fakes import NOON
from tests.storage.rows import CHAT, add_brief, add_reader, add_subject


@pytest.fixture
async def matcher(db) -> Matcher:
    made = Matcher(make_lexicon(), window=timedelta(days=30))
    async with db.writing() as tx:
        await typed_subjects.sync(tx, matcher=made, now=NOON)
    await add_reader(db)
    return made


async def follow(db, matcher, *names, mode=FollowMode.FOLLOW):
    return await following.follow(
        db, chat_id=CHAT, names=names, mode=mode, matcher=matcher, now=NOON
    )


async def release(db, matcher, **draft) -> int:
    brief_id = await add_brief(db, state=BriefState.QUEUED, **draft)
    async with db.writing() as tx:
        await releasing.release(tx, brief_id=brief_id, matcher=matcher, now=NOON)
    return brief_id


async def why(db, brief_id, subject_id) -> list[Match]:
    async with db.reading() as tx:
        return await matches.list_why(tx, brief_id=brief_id, subject_ids=[subject_id])


async def test_a_new_phrase_is_matched_back_at_once(db, matcher):
    brief_id = await release(db, matcher, topics=("military satellites",))

    (followed,) = await follow(db, matcher, "satellite")

    assert followed.recent == 1
    assert await why(db, brief_id, followed.subject.id) == [
        Match(subject_id=followed.subject.id, ring=Ring.WORDS, because="military satellites")
    ]


async def test_a_brief_older_than_the_window_is_not_matched_back(db, matcher):
    old = await add_brief(db, topics=("satellites",), released_at=at(days=-31))

    (followed,) = await follow(db, matcher, "satellite")

    assert await why(db, old, followed.subject.id) == []


async def test_a_release_that_was_not_kept_is_matched_with_nothing(db, matcher):
    brief_id = await add_brief(db, state=BriefState.QUEUED, topics=("satellites",))

    async def release_and_fail():
        async with db.writing() as tx:
            await releasing.release(tx, brief_id=brief_id, matcher=matcher, now=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await release_and_fail()

    (followed,) = await follow(db, matcher, "satellite")

    assert followed.recent == 0
    assert await why(db, brief_id, followed.subject.id) == []


async def test_a_brief_under_the_id_of_one_that_was_not_kept_goes_by_its_own_names(db, matcher):
    brief_id = await add_brief(db, state=BriefState.QUEUED, topics=("satellites",))
    kept = await read_brief(db, brief_id)
    other = replace(kept, content=replace(kept.content, topics=("harvest",)), released_at=NOON)
    async with db.reading() as tx:
        await matcher.refresh(tx, now=NOON, released=other)

    async with db.writing() as tx:
        await releasing.release(tx, brief_id=brief_id, matcher=matcher, now=NOON)

    assert [topic.written for topic in matcher.recent.names_of(brief_id).topics] == ["satellites"]


async def test_what_another_process_retracted_is_matched_with_nothing(db, matcher):
    brief_id = await release(db, matcher, topics=("satellites",))
    async with db.writing() as tx:
        await briefs.move(tx, brief_id=brief_id, to=BriefState.RETRACTED, at=NOON)

    (followed,) = await follow(db, matcher, "satellite")

    assert followed.recent == 0


async def read_brief(db, brief_id):
    async with db.reading() as tx:
        return await briefs.get_brief(tx, brief_id=brief_id)


async def test_a_phrase_meets_briefs_that_come_later(db, matcher):
    (followed,) = await follow(db, matcher, "satellite")

    brief_id = await release(db, matcher, topics=("satellites",))

    assert [one.ring for one in await why(db, brief_id, followed.subject.id)] == [Ring.WORDS]


@pytest.mark.parametrize("typed", ["space", "SpaceFlight"])
async def test_the_name_of_a_section_follows_the_section(db, matcher, typed):
    brief_id = await release(db, matcher, topics=("satellites",))

    (followed,) = await follow(db, matcher, typed)

    assert (followed.subject.kind, followed.subject.label) == (SubjectKind.SECTION, "Space")
    assert [one.ring for one in await why(db, brief_id, followed.subject.id)] == [Ring.SECTION]


async def test_everything_is_a_subject_of_its_own(db, matcher):
    (followed,) = await follow(db, matcher, "everything")

    assert followed.subject.kind is SubjectKind.SECTION


async def test_an_acronym_is_another_subject_than_the_word(db, matcher):
    acronym, word = await follow(db, matcher, "WHO", "who")

    assert acronym.subject.id != word.subject.id


async def test_spellings_of_one_key_are_one_subject(db, matcher):
    one, other = await follow(db, matcher, "rare earths", "Rare-Earths")

    assert (one.subject.id, other.is_new) == (other.subject.id, False)


async def test_an_alias_brings_what_its_group_brings(db, matcher):
    await release(db, matcher, entities=("U.S. Space Force",))

    (followed,) = await follow(db, matcher, "USSF")

    assert followed.recent == 1


async def test_aliases_of_the_configuration_are_merged_once(db, matcher):
    async with db.writing() as tx:
        again = await typed_subjects.sync(tx, matcher=matcher, now=NOON)

    assert (again.sections, again.merges) == (2, 0)


async def test_a_merge_by_an_editor_is_not_overridden(db, matcher):
    (other,) = await follow(db, matcher, "space troops")
    async with db.writing() as tx:
        alias = await subjects.find_subject(tx, kind=SubjectKind.PHRASE, key="USSF")
        await subjects.merge(tx, subject_id=alias.id, into=other.subject.id, by="editor")

    async with db.writing() as tx:
        await typed_subjects.sync(tx, matcher=matcher, now=NOON)

    async with db.reading() as tx:
        found = await subjects.find_subject(tx, kind=SubjectKind.PHRASE, key="USSF")
    assert found.merged_into == other.subject.id


async def test_a_follow_ends_by_any_name_of_its_group(db, matcher):
    await follow(db, matcher, "USSF")

    ended = await following.unfollow(
        db, chat_id=CHAT, names=["US Space Force"], mode=FollowMode.FOLLOW, matcher=matcher
    )

    assert ended == [("U.S. Space Force", True)]


async def make_offered(db, matcher):
    for topic in (*["harvest"] * 10, "subsea cables"):
        await release(db, matcher, topics=(topic,), entities=())


async def test_what_is_close_is_offered(db, matcher):
    await make_offered(db, matcher)

    (followed,) = await follow(db, matcher, "undersea cables")

    assert [one.label for one in followed.offers] == ["subsea cables"]


@pytest.mark.parametrize("mode", list(FollowMode))
async def test_what_a_chat_has_is_not_offered(db, matcher, mode):
    await make_offered(db, matcher)
    await follow(db, matcher, "subsea cables", mode=mode)

    (followed,) = await follow(db, matcher, "undersea cables")

    assert followed.offers == ()


async def test_what_an_editor_merged_is_not_offered(db, matcher):
    await make_offered(db, matcher)
    one, other = await follow(db, matcher, "undersea cables", "subsea cables")
    async with db.writing() as tx:
        await subjects.merge(tx, subject_id=other.subject.id, into=one.subject.id, by="editor")
    await following.unfollow(
        db, chat_id=CHAT, names=["subsea cables"], mode=FollowMode.FOLLOW, matcher=matcher
    )

    (followed,) = await follow(db, matcher, "undersea cables")

    assert followed.offers == ()


async def test_a_name_that_nothing_carries_may_have_meant_another(db, matcher):
    await release(db, matcher, entities=("Northland Grid",))

    (followed,) = await follow(db, matcher, "Nortland Grid")

    assert [one.label for one in followed.meant] == ["Northland Grid"]


async def test_a_mute_is_offered_nothing(db, matcher):
    await make_offered(db, matcher)

    (muted,) = await follow(db, matcher, "undersea cables", mode=FollowMode.MUTE)

    assert muted.offers == ()


async def test_who_warms_up_twice_at_once_knows_each_phrase_once(db, matcher):
    wind, sun = await add_subject(db, "wind"), await add_subject(db, "sun")
    brief_id = await add_brief(db, topics=("wind and sun",), released_at=NOON)

    await asyncio.gather(*(matcher.warm_up(db, now=NOON) for _ in range(2)))

    found = matcher.match(matcher.recent.names_of(brief_id))
    assert [one.subject_id for one in found if one.ring is not Ring.SECTION] == [wind, sun]
    assert matcher.wanted(NOON) == Wanted(sun, NOON - timedelta(minutes=5))


async def test_a_phrase_that_is_followed_after_the_warming_up_is_met(db, matcher):
    await add_subject(db, "wind")
    await matcher.warm_up(db, now=NOON)
    sun = await add_subject(db, "sun")

    brief_id = await release(db, matcher, topics=("wind and sun",))

    assert [one.subject_id for one in await why(db, brief_id, sun)] == [sun]
