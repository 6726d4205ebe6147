"""What holds for every history there can be."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbreak.core.commands import Outcome, Rule, Told
from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.events import Answer, Answered, Event, Undid
from deskbreak.core.postures import Posture
from deskbreak.core.state import State
from deskbreak.store.snapshot import dump, load
from tests.core.histories import COMMANDS, DAYS, DEEDS, HISTORIES, QUIETS, Deed, asked
from tests.workday import Workday, minutes

LAW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
NOTHING = timedelta(0)
# What a kill loses hangs on when the state was last saved, and a command saves it.
SURVIVED = DEEDS.filter(lambda deed: not deed.told.startswith("dies False"))
# Who takes something back twice takes back what was said before, where nothing was said in between.
AFTERWARDS = SURVIVED.filter(lambda deed: deed.told != f"says {Undid()}")


@LAW
@given(DAYS, HISTORIES)
def test_no_second_is_lost_or_booked_twice(day: Workday, history: list[Deed]) -> None:
    for deed in history:
        deed.does(day)

        rows = day.log.rows
        assert all(row.length > NOTHING for row in rows)
        assert [row.began + row.length for row in rows[:-1]] == [row.began for row in rows[1:]]
        if rows:
            assert rows[-1].began + rows[-1].length == day.state.settled_at
            booked = day.elapsed - rows[0].began
            unseen = day.elapsed - day.state.off.since if day.state.off else NOTHING
            assert sum((day.spent(p) for p in Posture), unseen) == booked


@LAW
@given(DAYS, HISTORIES)
def test_the_count_is_never_longer_than_the_time_since_the_last_reset(
    day: Workday, history: list[Deed]
) -> None:
    for deed in history:
        deed.does(day)

        # What the person said was no break is none; the longest break_min of these days is 8 min.
        lived = tuple(corrected(day.log.rows, day.log.corrections))
        breaks = corrected_breaks(day.log.breaks.values(), lived, day.log.corrections, minutes(8))
        ended = max((b.began + b.length for b in breaks), default=NOTHING)
        assert NOTHING <= day.count <= max(day.elapsed - ended, NOTHING)


@LAW
@given(DAYS, HISTORIES)
def test_nobody_sits_longer_than_the_machine_was_awake(day: Workday, history: list[Deed]) -> None:
    asleep = NOTHING
    for deed in history:
        awake, elapsed = day.awake, day.elapsed
        deed.does(day)
        gone = (day.elapsed - elapsed) - (day.awake - awake)
        # A gap of up to a second between two clocks is no sleep.
        if deed.told.startswith("sleeps") and gone > timedelta(seconds=1):
            asleep += gone

        assert day.spent(Posture.SITTING) <= day.elapsed - asleep


@LAW
@given(DAYS, HISTORIES)
def test_reminders_keep_their_distance(day: Workday, history: list[Deed]) -> None:
    for deed in history:
        deed.does(day)

    given_ = [
        row
        for row in day.log.prompts.values()
        if row.decision is not None
        and row.decision.rule not in (Rule.ASKED, Rule.RETURNED, Rule.RUN, Rule.EVENING)
        and row.outcome not in (Outcome.HELD, Outcome.UNDELIVERED)
    ]
    for before, after in pairwise(given_):
        assert after.decision is not None
        if after.decision.rule is not Rule.SNOOZE_ENDED:
            assert day.shown[after.number] - day.shown[before.number] >= minutes(15)


@LAW
@given(DAYS, HISTORIES, st.data())
def test_a_state_saved_and_loaded_at_any_moment_changes_nothing_that_follows(
    day: Workday, history: list[Deed], data: st.DataObject
) -> None:
    twin = Workday(day.rules, day.now().wall, day.now().zone)
    for deed in history:
        deed.does(day)
        deed.does(twin)
        twin.state = load(State, dump(twin.state))

        assert twin.state == day.state
        assert twin.view() == day.view()
        assert twin.diary() == day.diary()


@LAW
@given(DAYS, st.lists(DEEDS, max_size=12), st.sampled_from(COMMANDS), st.lists(AFTERWARDS, max_size=6))
def test_undo_right_after_a_command_is_as_if_it_had_never_been_given(
    day: Workday, history: list[Deed], command: Event, later: list[Deed]
) -> None:
    twin = Workday(day.rules, day.now().wall, day.now().zone)
    for deed in history:
        deed.does(day)
        deed.does(twin)
    # Undo is a word of the person's, and so a proof: both must be known to be there.
    for one in (day, twin):
        one.senses(locked=False, asleep=False, blind=False)
        one.works(one.elapsed / minutes(1) + 1)
    told = day.says(command).told()
    if told is None or told.refused or told is Told.ALREADY:
        return
    day.says(Undid())

    for deed in (Deed("nothing", lambda _: None), *later):
        deed.does(day)
        deed.does(twin)
        _agree(day, twin)


@LAW
@given(DAYS, st.lists(DEEDS, max_size=12), QUIETS, st.sampled_from(Answer), st.lists(SURVIVED, max_size=6))
def test_an_answer_taken_back_was_never_given(
    day: Workday, history: list[Deed], quiet: list[Deed], answer: Answer, later: list[Deed]
) -> None:
    twin = Workday(day.rules, day.now().wall, day.now().zone)
    for deed in (*history, *quiet):
        deed.does(day)
        deed.does(twin)
    said = len(day.log.corrections)
    told = day.says(Answered(asked(day), answer)).told()
    if told is None or told.refused or told in (Told.LONGER, Told.AS_IS):
        return
    day.says(Undid())

    assert len(day.log.corrections) == said
    for deed in (Deed("nothing", lambda _: None), *later):
        deed.does(day)
        deed.does(twin)
        _agree(day, twin)


def _agree(day: Workday, twin: Workday) -> None:
    same = day.view(), twin.view()
    for seen in same:
        assert seen.tracking == same[0].tracking
    for word in ("posture", "count", "limit", "stood", "hold", "snoozed_until_at", "paused_until"):
        assert getattr(same[0], word) == getattr(same[1], word), word
    for posture in Posture:
        assert day.spent(posture) == twin.spent(posture)
    breaks, twins = (
        [(b.spell, b.kind, b.began, b.length) for b in one.log.breaks.values()] for one in (day, twin)
    )
    assert sorted(breaks, key=repr) == sorted(twins, key=repr)
    assert day.log.exercises == twin.log.exercises


@LAW
@given(DAYS, HISTORIES)
def test_the_same_history_comes_to_the_same(day: Workday, history: list[Deed]) -> None:
    twin = Workday(day.rules, day.now().wall, day.now().zone)
    for deed in history:
        deed.does(day)
        deed.does(twin)

    assert twin.state == day.state
    assert twin.diary() == day.diary()
    assert twin.log.rows == day.log.rows
