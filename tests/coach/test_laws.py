"""What holds for every history: laws of the choice, the levels and the primer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.coach.bars import LONG_BOUT, Bar
from deskbreak.coach.choose import LOOSENED, Choice, choose
from deskbreak.coach.doses import LADDER, tempo
from deskbreak.coach.exercise import Exercise, Family, Level
from deskbreak.coach.levels import Standing, What, standings
from deskbreak.coach.library import packaged
from deskbreak.coach.load import EXERCISE_A_DAY, FAMILY_A_DAY, STRENGTH
from deskbreak.coach.primer import length, primer
from deskbreak.coach.sessions import Entry, LevelSet, Mastered, Now, Session, done
from deskbreak.coach.situation import Came, Done, History, Moment, Offer, Person, Room, Situation, Where
from deskbreak.coach.slots import WALK, Kind
from deskbreak.core.events import Rating

KNOWN = packaged().known
IDS = sorted(KNOWN)
ROOMS = st.builds(
    Room,
    floor=st.booleans(),
    discreet=st.booleans(),
    standing_desk=st.booleans(),
    where=st.sampled_from(Where),
    quiet=st.booleans(),
    available=st.sampled_from([timedelta(seconds=s) for s in (20, 60, 90, 180, 300)]),
)
SOME_IDS = st.frozensets(st.sampled_from(IDS), max_size=len(IDS))
PEOPLE = st.builds(
    Person,
    levels=st.dictionaries(st.sampled_from(Family), st.sampled_from(Level)),
    resting=st.frozensets(st.sampled_from(Family), max_size=2),
    excluded=SOME_IDS,
    hidden=st.frozensets(st.sampled_from(IDS), max_size=3),
)
# A seed stands for a day: drawing every minute of it would be slow, and no easier to read.
SEEDS = st.integers(0, 2**32)
DAYS_LONG = settings(max_examples=200, deadline=None)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def day(chance: Random, room: Room, person: Person, suggestions: int) -> list[tuple[Situation, Choice]]:
    """A desk day: suggestions some minutes apart, some done, some skipped, some asked for by name."""
    offers: tuple[Offer, ...] = ()
    now = Now(START, START.date())
    sessions = [
        Session(
            chance.choice(IDS), START - timedelta(hours=n), START.date() - timedelta(days=chance.randrange(3))
        )
        for n in range(chance.randrange(6))
    ]
    told = []
    for _ in range(suggestions):
        now = replace(now, at=now.at + timedelta(minutes=chance.randrange(1, 90)))
        moment = Moment(
            bout=timedelta(minutes=chance.randrange(150)),
            sat=timedelta(minutes=chance.randrange(600)),
            stood=timedelta(minutes=chance.randrange(300)),
            standing=chance.random() < 0.2,
            stood_ago=chance.choice([None, timedelta(minutes=chance.randrange(100))]),
            on_call=chance.random() < 0.2,
        )
        easier = chance.random() < 0.3
        situation = Situation(room, moment, History(offers, done(sessions, now)), person, easier)
        choice = choose(KNOWN, situation)
        told.append((situation, choice))
        if choice.pick is not None:
            offers = (*offers, Offer(choice.pick.id, chance.choice(list(Came))))
        if chance.random() < 0.1:
            offers = (*offers, Offer(chance.choice(IDS), Came.DONE, named=True))
        if offers and offers[-1].came is Came.DONE:
            sessions.append(Session(offers[-1].exercise, now.at, now.day))
    return told


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE)
def test_never_an_excluded_a_locked_a_resting_or_a_too_long_one(
    seed: int, room: Room, person: Person
) -> None:
    for _, choice in day(Random(seed), room, person, 12):
        if choice.pick is None:
            continue

        assert choice.pick.id not in person.excluded | person.hidden
        assert choice.pick.level <= person.level(choice.pick.family)
        assert choice.pick.family not in person.resting
        assert choice.pick.switch or timedelta() < choice.length <= room.available
        assert choice.length <= choice.pick.dose.total


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE)
def test_only_what_the_room_and_the_moment_allow(seed: int, room: Room, person: Person) -> None:
    for situation, choice in day(Random(seed), room, person, 12):
        if (pick := choice.pick) is None:
            continue

        assert room.lying or not pick.needs_floor
        assert pick.discreet or not room.discreet
        assert not pick.switch or (room.standing_desk and not situation.moment.standing)


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE)
def test_never_the_chair_after_an_hour_in_it(seed: int, room: Room, person: Person) -> None:
    for situation, choice in day(Random(seed), room, person, 12):
        if choice.pick is not None and situation.moment.bout >= LONG_BOUT:
            assert not choice.pick.seated


@DAYS_LONG
@given(
    SEEDS, ROOMS, st.builds(Person, levels=st.dictionaries(st.sampled_from(Family), st.sampled_from(Level)))
)
def test_no_exercise_in_three_suggestions_running(seed: int, room: Room, person: Person) -> None:
    room = replace(room, available=max(room.available, timedelta(minutes=1)))
    picks = [choice.pick.id for _, choice in day(Random(seed), room, person, 20) if choice.pick is not None]

    assert len(picks) == 20
    assert all(len({*picks[n : n + 3]}) == 3 for n in range(len(picks) - 2))


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE)
def test_one_of_the_last_two_comes_again_only_where_nothing_else_is_left(
    seed: int, room: Room, person: Person
) -> None:
    for situation, choice in day(Random(seed), room, person, 12):
        last = [offer.exercise for offer in situation.history.offers if not offer.named][-2:]
        if choice.pick is not None and choice.pick.id in last:
            others = [refusal for refusal in choice.refused if refusal.exercise.id not in last]

            assert Bar.LAST_BUT_ONE in choice.loosened
            assert all(set(refusal.bars) - set(LOOSENED) for refusal in others)


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE)
def test_there_is_a_suggestion_wherever_a_walk_is_allowed(seed: int, room: Room, person: Person) -> None:
    closed = WALK in person.excluded | person.hidden or Family.WALK in person.resting
    for situation, choice in day(Random(seed), room, person, 12):
        if not closed:
            assert choice.pick is not None
        if choice.pick is None:
            assert all(set(refusal.bars) - set(LOOSENED) for refusal in choice.refused)
            assert len(choice.refused) == len(KNOWN)
        assert situation.person is person


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE)
def test_strength_work_stays_within_the_days_load(seed: int, room: Room, person: Person) -> None:
    for situation, choice in day(Random(seed), room, person, 20):
        if choice.pick is None or choice.pick.family not in STRENGTH:
            continue
        today = [each for each in situation.history.done if each.days == 0]

        assert sum(each.exercise == choice.pick.id for each in today) < EXERCISE_A_DAY
        assert sum(KNOWN[each.exercise].family is choice.pick.family for each in today) < FAMILY_A_DAY


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE)
def test_the_pick_is_the_best_of_those_that_passed_whatever_the_order_of_the_library(
    seed: int, room: Room, person: Person
) -> None:
    chance = Random(seed)
    told = day(chance, room, person, 4)
    order = chance.sample(IDS, len(IDS))
    shuffled: Mapping[str, Exercise] = {id_: KNOWN[id_] for id_ in order}
    for situation, choice in told:
        again = choose(shuffled, situation)

        assert choose(KNOWN, situation) == choice
        assert (again.pick, again.candidates, again.loosened) == (
            choice.pick,
            choice.candidates,
            choice.loosened,
        )
        assert all(each.score <= choice.candidates[0].score for each in choice.candidates)
        assert not choice.candidates or choice.pick is choice.candidates[0].exercise


def weeks(chance: Random, entries: int) -> list[Entry]:
    """A history with gaps, in which the person also sets levels, passes tests and reports pain."""
    at = START
    told: list[Entry] = []
    favourite = [id_ for id_ in IDS if KNOWN[id_].family is chance.choice(list(Family))] or IDS
    for _ in range(entries):
        at += timedelta(days=chance.choice([0, 1, 1, 2, 3, 3, 15, 30]), minutes=chance.randrange(60))
        family = KNOWN[chance.choice(favourite)].family
        kind = chance.random()
        if kind < 0.85:
            rating = chance.choice([Rating.EASY, Rating.EASY, Rating.EASY, Rating.RIGHT, Rating.HARD, None])
            told.append(Session(chance.choice(favourite), at, at.date(), chance.random() < 0.9, rating))
        elif kind < 0.9:
            told.append(Session(chance.choice(favourite), at, at.date(), rating=Rating.PAIN))
        elif kind < 0.95:
            told.append(LevelSet(family, chance.choice(list(Level)), at, at.date()))
        else:
            told.append(Mastered(family, at, at.date()))
    return told


def levels(entries: list[Entry], at: datetime) -> dict[Family, Standing]:
    return {each.family: each for each in standings(entries, KNOWN, Now(at, at.date()))}


@DAYS_LONG
@given(SEEDS)
def test_a_level_goes_up_only_by_the_persons_word(seed: int) -> None:
    entries = weeks(Random(seed), 30)
    before = levels([], START)
    for n, entry in enumerate(entries, 1):
        after = levels(entries[:n], entry.at)
        for family in Family:
            risen = after[family].level > before[family].level

            assert not risen or (isinstance(entry, LevelSet) and entry.family is family)
        before = after


@DAYS_LONG
@given(SEEDS)
def test_the_next_level_is_offered_only_by_the_stated_criteria(seed: int) -> None:
    entries = weeks(Random(seed), 40)
    at = entries[-1].at
    for family, standing in levels(entries, at).items():
        if not standing.offered:
            continue
        mine = [
            each for each in entries if isinstance(each, Session) and KNOWN[each.exercise].family is family
        ]
        pains = [each.day for each in mine if each.rating is Rating.PAIN]
        mine = [each for each in mine if KNOWN[each.exercise].level >= standing.level]
        to_202 = standing.level is Level.L101

        assert len([each for each in mine if each.full]) >= (6 if to_202 else 9)
        assert (mine[-1].day - mine[0].day).days >= (10 if to_202 else 21)
        assert all(each.rating is Rating.EASY and each.full for each in mine[-3:])
        assert all((at.date() - pain).days >= (7 if to_202 else 14) for pain in pains)
        assert (at.date() - mine[-1].day).days < 28


@DAYS_LONG
@given(SEEDS, st.integers(0, 40))
def test_time_alone_never_raises_a_level_and_a_month_brings_all_back(seed: int, days: int) -> None:
    entries = weeks(Random(seed), 20)
    last = entries[-1].at
    now = levels(entries, last)
    later = levels(entries, last + timedelta(days=days))

    assert all(later[family].level <= now[family].level for family in Family)
    assert days < 28 or all(each.level is Level.L101 for each in later.values())
    assert days < 3 or all(each.rests_until is None for each in later.values())


@DAYS_LONG
@given(SEEDS)
def test_no_condition_says_more_than_it_asks_for(seed: int) -> None:
    entries = weeks(Random(seed), 20)
    for standing in levels(entries, entries[-1].at).values():
        if standing.next is None:
            continue
        found = standing.next.conditions

        assert all(0 <= each.have <= each.need for each in found)
        assert {each.what for each in found} >= {What.SESSIONS, What.DAYS, What.EASY, What.PAIN_FREE}
        assert standing.next.to > standing.level


@DAYS_LONG
@given(SEEDS, st.sampled_from(Level))
def test_the_beat_moves_one_step_at_a_time_and_stays_on_its_ladder(seed: int, level: Level) -> None:
    chance = Random(seed)
    sessions: list[Session] = []
    before = tempo(sessions, KNOWN, level)
    for n in range(30):
        at = START + timedelta(hours=9 * n)
        exercise = chance.choice(["alternating-squeeze", "standing-alternating-squeeze", "glute-bridge"])
        rating = chance.choice([Rating.EASY, Rating.EASY, Rating.RIGHT, Rating.HARD, Rating.PAIN, None])
        sessions.append(Session(exercise, at, at.date(), chance.random() < 0.8, rating))
        after = tempo(sessions, KNOWN, level)

        assert after in LADDER
        assert abs(LADDER.index(after) - LADDER.index(before)) <= 1
        assert after <= 90 or level is Level.L303
        before = after


@DAYS_LONG
@given(st.sampled_from(Kind), st.booleans(), PEOPLE, SOME_IDS, st.sampled_from(LADDER))
def test_a_primer_has_nothing_new_nothing_locked_and_exactly_its_length(
    which: Kind, lying: bool, person: Person, tried: frozenset[str], beats: int
) -> None:
    done_before = tuple(Done(id_, timedelta(hours=9), len(id_) % 2) for id_ in sorted(tried))
    plan = primer(which, lying, KNOWN, person, done_before, beats)
    if plan is None:
        assert WALK in person.excluded | person.hidden or Family.WALK in person.resting
        return
    ids = {step.exercise for step in plan.steps}

    assert ids <= tried | {WALK}
    assert not ids & (person.excluded | person.hidden)
    assert all(KNOWN[id_].level <= person.level(KNOWN[id_].family) for id_ in ids)
    assert lying or not any(KNOWN[id_].needs_floor for id_ in ids)
    assert sum((step.length + step.then for step in plan.steps), timedelta()) == plan.length
    assert plan.length <= length(which, lying)
    assert plan.length == length(which, lying) or not {WALK} & ids
    for step in plan.steps:
        assert all(beat.beats <= max(beats, 90) for beat in step.beats)
        assert not step.beats or sum((b.length for b in step.beats), timedelta()) == step.length


@DAYS_LONG
@given(SEEDS, ROOMS, PEOPLE, st.permutations(IDS))
def test_what_was_done_may_be_told_in_any_order(
    seed: int, room: Room, person: Person, order: list[str]
) -> None:
    rows = tuple(Done(id_, timedelta(minutes=7 * n), n // 9) for n, id_ in enumerate(order))
    turned = tuple(Random(seed).sample(rows, len(rows)))
    one = choose(KNOWN, Situation(room, history=History(done=rows), person=person))

    assert choose(KNOWN, Situation(room, history=History(done=turned), person=person)) == one
