"""What the person says a past time was: in the log, in the count, and taken back (rules.md, 3 and 7)."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbreak.core.commands import Outcome, Told
from deskbreak.core.corrected import corrected
from deskbreak.core.correcting import About, Part, about, spoken, unbooked
from deskbreak.core.events import (
    Answer,
    Answered,
    Finished,
    Resumed,
    SatDown,
    Started,
    StoodUp,
    TrackingStopped,
    Undid,
)
from deskbreak.core.postures import Correction, How, Posture, Row, Word
from deskbreak.core.rules import Rules
from tests.core.histories import DAYS, DEEDS, HISTORIES, Deed
from tests.fakes import MONDAY
from tests.workday import IN_THE_CHAIR, Workday, minutes

SIT, STAND, MOVE, AWAY, UNKNOWN = Posture
MINUTE = minutes(1)
ZERO = timedelta(0)
SAID = (SIT, STAND, MOVE, AWAY)


def found(day: Workday, start: float, end: float | None, posture: Posture, note: str | None = None) -> About:
    word = Word(MONDAY + minutes(start), None if end is None else MONDAY + minutes(end), posture, note)
    rows = (*day.log.rows, *unbooked(day.state, day.now(), day.rules).rows)
    return about(word, corrected(rows, day.log.corrections), day.now().wall)


def says(day: Workday, start: float, end: float | None, posture: Posture) -> Workday:
    """`end` None: until now."""
    day.look()
    return tells(day, found(day, start, end, posture).corrections)


def tells(day: Workday, said: tuple[Correction, ...], unsaid: tuple[Correction, ...] = ()) -> Workday:
    now = unbooked(day.state, day.now(), day.rules)
    return day.says(spoken(said, unsaid, day.log.rows, tuple(day.log.corrections), now, day.rules))


def lived(day: Workday) -> list[str]:
    """The log as corrected, neighbours of one posture as one."""
    runs: list[tuple[Posture, timedelta, timedelta]] = []
    for row in corrected(day.log.rows, day.log.corrections):
        if runs and runs[-1][0] is row.posture:
            runs[-1] = row.posture, runs[-1][1], row.began + row.length
        else:
            runs.append((row.posture, row.began, row.began + row.length))
    return [f"{began / MINUTE:g}-{ended / MINUTE:g} {posture.value}" for posture, began, ended in runs]


def after_an_absence() -> Workday:
    """Half an hour at the desk, ten minutes away from it, and ten minutes back."""
    return Workday().works(30).locks().rests(40).unlocks().works(50)


# What becomes of the log.


def test_a_word_is_booked_over_what_was_judged_and_the_log_keeps_both() -> None:
    day = says(Workday().works(40), 10, 25, AWAY)

    assert day.told() is Told.CORRECTED
    assert lived(day) == ["0-10 sitting", "10-25 away", "25-40 sitting"]
    day.booked("0:00 - 40:00 sitting input")
    (word,) = day.log.corrections
    assert (word.start_at, word.said_at) == (MONDAY + minutes(10), MONDAY + minutes(40))


def test_of_two_words_the_later_one_wins() -> None:
    day = says(says(Workday().works(40), 10, 25, AWAY), 20, 30, STAND)

    assert lived(day) == ["0-10 sitting", "10-20 away", "20-30 standing", "30-40 sitting"]


def test_a_word_about_time_without_a_record_is_about_what_there_is_a_record_of() -> None:
    day = Workday().works(40)

    early = found(day, -20, 10, AWAY)
    assert [(c.began, c.length) for c in early.corrections] == [(ZERO, minutes(10))]
    assert early.unlogged == (Part(MONDAY - minutes(20), MONDAY, ZERO),)
    late = found(day, 30, 60, AWAY)
    assert [(c.began, c.length) for c in late.corrections] == [(minutes(30), minutes(10))]
    assert late.unlogged == (Part(MONDAY + minutes(40), MONDAY + minutes(60), ZERO),)
    assert found(day, -20, -10, AWAY) == About(
        (), (), (Part(MONDAY - minutes(20), MONDAY - minutes(10), ZERO),)
    )


def test_time_of_which_nothing_is_known_is_told_apart() -> None:
    day = Workday().works(10).says(TrackingStopped()).rests(30)

    assert found(day, 5, 20, AWAY).unseen == (Part(MONDAY + minutes(10), MONDAY + minutes(20), ZERO),)
    says(day, 5, 20, AWAY)

    assert found(day, 5, 15, SIT).unseen == ()
    assert found(day, 5, 25, SIT).unseen == (Part(MONDAY + minutes(20), MONDAY + minutes(25), ZERO),)


def test_unknown_time_that_was_cut_is_told_as_one() -> None:
    day = Workday().works(10).says(TrackingStopped()).rests(30)
    halves = tuple(
        replace(row, began=row.began + by, start_at=row.start_at + by, end_at=row.end_at + by, length=MINUTE)
        for row in unbooked(day.state, day.now(), day.rules).rows
        for by in (ZERO, MINUTE)
    )
    ends = tuple(replace(row, end_at=row.start_at + MINUTE) for row in halves)

    heard = about(Word(MONDAY, None, SIT), ends, MONDAY)

    assert heard.unseen == (Part(MONDAY + minutes(10), MONDAY + minutes(12), ZERO),)
    assert len(heard.corrections) == 1


def test_a_clock_that_was_set_back_gives_two_times_of_one_name() -> None:
    day = Workday().works(40).sets_the_clock(-minutes(30)).works(60)

    said = found(day, 20, 30, MOVE).corrections

    assert [(c.began, c.length) for c in said] == [
        (minutes(20), minutes(10)),
        (minutes(50), minutes(10)),
    ]


# What becomes of the count.


def test_who_was_away_for_long_enough_has_sat_since_they_came_back() -> None:
    day = says(Workday().works(28), 10, 20, AWAY)

    assert day.count == minutes(8)
    assert day.view().pending_bout == minutes(8)
    day.works(54)

    day.saw("53:00 reminder 1")


def test_who_was_away_for_less_has_sat_less() -> None:
    day = says(Workday().works(28), 10, 11.5, AWAY)

    assert day.count == minutes(26.5)
    assert says(day, 12, 12.5, AWAY).count == minutes(26)
    assert day.view().pending_bout == minutes(16.5)


def test_standing_and_moving_count_from_nothing_however_short() -> None:
    for posture in (STAND, MOVE):
        assert says(Workday().works(28), 10, 11, posture).count == minutes(17)


def test_an_absence_that_was_sitting_gives_the_count_back() -> None:
    day = says(after_an_absence(), 30, 40, SIT)

    assert day.count == minutes(50)
    assert day.view().pending_bout == minutes(50)
    assert lived(day) == ["0-50 sitting"]


def test_a_part_of_an_absence_that_was_sitting_only_makes_it_shorter() -> None:
    assert says(after_an_absence(), 35, 40, SIT).count == minutes(15)
    assert says(after_an_absence(), 30, 35, SIT).count == minutes(10)


def test_a_word_about_what_was_before_the_last_break_leaves_the_count() -> None:
    assert says(after_an_absence(), 10, 20, AWAY).count == minutes(10)
    assert says(after_an_absence(), 25, 32, MOVE).count == minutes(10)


def test_a_reminder_that_was_answered_by_going_is_over() -> None:
    day = says(Workday().works(40), 33.5, 37, MOVE)

    assert day.on_screen == set()
    assert day.log.prompts[1].outcome is Outcome.LEFT
    assert day.count == minutes(3)


def test_while_nothing_is_tracked_a_word_about_it_counts_and_tracking_stays_off() -> None:
    day = Workday().works(20).says(TrackingStopped()).rests(40)
    says(day, 25, None, AWAY)

    assert day.view().tracking is False
    assert day.state.count == ZERO
    assert day.posture() is UNKNOWN


def test_unknown_time_that_was_tracked_on_both_sides_is_no_end_of_the_sitting() -> None:
    day = Workday().works(20).says(TrackingStopped(minutes(10))).rests(30).works(40)
    assert day.count == minutes(30)

    assert says(day, 5, 6, AWAY).count == minutes(29)


def test_a_short_absence_beside_unknown_time_is_not_the_longer_by_it() -> None:
    day = Workday().works(20).says(TrackingStopped(minutes(10))).rests(30).works(40)

    assert says(day, 19, 20, AWAY).count == minutes(29)


def test_who_was_away_for_more_than_has_been_counted_has_sat_for_nothing() -> None:
    day = Workday().works(20).says(StoodUp()).says(SatDown()).works(22)
    assert day.count == minutes(2)

    for start in (5, 10):
        says(day, start, start + 1.5, AWAY)

    assert day.count == ZERO
    assert day.works(27).count == minutes(5)


# What was so until now.


def test_who_stood_until_now_stands() -> None:
    day = says(Workday().works(20), 12, None, STAND)

    assert day.posture() is STAND
    assert day.count == ZERO
    assert day.view().stood == minutes(8)
    day.works(25)

    assert lived(day.says(SatDown())) == ["0-12 sitting", "12-25 standing"]


def test_who_stands_and_says_so_again_goes_on_standing() -> None:
    day = says(Workday().works(20).says(StoodUp()).works(30), 15, None, STAND)

    assert day.posture() is STAND
    assert day.works(31).view().stood == minutes(11)


def test_who_sat_until_now_sits_though_they_had_said_to_stand() -> None:
    day = says(Workday().works(20).says(StoodUp()).works(30), 20, None, SIT)

    assert day.posture() is SIT
    assert day.count == minutes(30)
    assert lived(day) == ["0-30 sitting"]


def test_who_was_away_until_now_sits_from_now_on() -> None:
    day = says(Workday().works(20).says(StoodUp()).works(30), 25, None, AWAY)

    assert day.posture() is SIT
    assert day.count == ZERO
    assert day.works(33).count == minutes(3)


def test_who_stood_until_now_while_nothing_is_tracked_sits_when_tracking_goes_on() -> None:
    day = Workday().works(20).says(TrackingStopped()).rests(40)
    says(day, 25, None, STAND)

    assert day.says(Resumed()).posture() is SIT
    assert lived(day.works(45)) == ["0-20 sitting", "20-25 unknown", "25-40 standing", "40-45 sitting"]


def test_a_word_about_the_past_leaves_the_posture_of_now() -> None:
    assert says(Workday().works(20), 5, 19, STAND).posture() is SIT


# What was or would be asked.


def test_the_question_about_that_time_is_answered() -> None:
    day = Workday().works(20).rests(30).works(31)
    assert day.view().question is not None
    says(day, 20, 30, SIT)

    assert day.view().question is None
    assert [row.outcome for row in day.log.prompts.values()] == [Outcome.ANSWERED]
    assert day.count == minutes(31)


def test_a_question_about_another_time_stays() -> None:
    day = Workday().works(20).rests(30).works(31)

    assert says(day, 5, 10, STAND).view().question is not None


def test_a_question_about_something_else_stays() -> None:
    day = Workday().works(10).says(Started(IN_THE_CHAIR)).works(12).says(Finished())
    assert day.view().question is not None

    assert says(day, 2, 5, AWAY).view().question is not None


def test_what_would_be_asked_about_that_time_is_not_asked_any_more() -> None:
    day = Workday().works(20).rests(30).works(30.05)
    assert day.view().question is None
    says(day, 20, 30, SIT).works(32)

    assert day.prompts == []


def test_what_was_said_of_an_absence_is_not_taken_for_a_walk_afterwards() -> None:
    day, silent = (Workday().works(30).locks().rests(40).unlocks().works(41) for _ in range(2))
    says(day, 30, 40, SIT)

    assert silent.says(Finished()).told() is Told.WALKED
    assert day.says(Finished()).told() is Told.NOTHING_TO_END


# Taken back.


def test_undo_takes_a_word_back_with_all_it_did() -> None:
    day, twin = (Workday().works(34) for _ in range(2))
    says(day, 10, 20, STAND).works(34.5)
    assert day.view().undoable is Told.CORRECTED
    day.says(Undid())

    assert day.told() is Told.UNDONE
    assert day.log.corrections == []
    for one in (day, twin):
        one.works(40)
    assert day.count == twin.count
    assert len(day.on_screen) == len(twin.on_screen) == 1


def test_a_word_that_is_taken_back_later_was_never_said() -> None:
    day = says(Workday().works(34), 10, 20, STAND).works(50)
    tells(day, (), tuple(day.log.corrections))

    assert day.told() is Told.UNCORRECTED
    assert day.log.corrections == []
    assert day.count == minutes(50)
    day.says(Undid())

    assert [c.posture for c in day.log.corrections] == [STAND]
    assert day.count == minutes(30)


def test_a_word_over_another_one_taken_back_leaves_that_one() -> None:
    day = says(says(Workday().works(40), 10, 25, AWAY), 5, 30, STAND)
    tells(day, (), (day.log.corrections[1],))

    assert lived(day) == ["0-10 sitting", "10-25 away", "25-40 sitting"]
    assert day.count == minutes(15)


# Laws.

LAW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
_TIMES = st.integers(0, 240).map(lambda n: n * 0.5)
WORDS = st.lists(
    st.tuples(_TIMES, _TIMES, st.sampled_from(SAID)).map(lambda w: (min(w[:2]), max(w[:2]) + 0.5, w[2])),
    min_size=1,
    max_size=5,
)


@LAW
@given(WORDS)
def test_at_every_moment_the_last_word_about_it_holds(words: list[tuple[float, float, Posture]]) -> None:
    day = Workday().works(30).locks().rests(40).unlocks().works(70).says(StoodUp()).works(121)
    before = list(corrected(day.log.rows, ()))
    for start, end, posture in words:
        says(day, start, end, posture)

    after = list(corrected(day.log.rows, day.log.corrections))
    for tick in range(120 * 4):
        at = minutes(tick / 4 + 0.1)
        told = [p for start, end, p in words if minutes(start) <= at < minutes(end)]
        assert _at(after, at) is (told[-1] if told else _at(before, at))


def _at(rows: list[Row], at: timedelta) -> Posture:
    return next(row.posture for row in rows if row.began <= at < row.began + row.length)


@LAW
@given(WORDS)
def test_all_words_taken_back_in_any_order_leave_the_log_and_the_count_as_they_were(
    words: list[tuple[float, float, Posture]],
) -> None:
    day, twin = (Workday().works(30).locks().rests(40).unlocks().works(121) for _ in range(2))
    for start, end, posture in words:
        says(day, start, end, posture)
    for word in tuple(day.log.corrections):
        tells(day, (), (word,))

    for one in (day, twin):
        one.works(130)
    assert lived(day) == lived(twin)
    assert day.count == twin.count


@LAW
@given(DAYS, HISTORIES, st.sampled_from(SAID), st.sampled_from([0.5, 3.0, 30.0]), st.booleans())
def test_a_word_in_any_history_loses_no_second_and_says_no_more_than_was_sat(
    day: Workday, history: list[Deed], posture: Posture, ago: float, until_now: bool
) -> None:
    for deed in history:
        deed.does(day)
    since = day.now().wall - minutes(ago)
    now = unbooked(day.state, day.now(), day.rules)
    rows = (*day.log.rows, *now.rows)
    end = None if until_now else since + minutes(ago) / 2
    said = about(Word(since, end, posture), rows, day.now().wall).corrections
    if not said:
        return
    tells(day, said)

    booked = day.log.rows
    assert all(one.began + one.length == two.began for one, two in pairwise(booked))
    told = [row for row in corrected(booked, day.log.corrections) if _within(row, said)]
    assert all((row.posture, row.how) == (posture, How.USER) for row in told)
    assert ZERO <= day.view().count <= day.elapsed


def _within(row: Row, said: tuple[Correction, ...]) -> bool:
    return any(c.began <= row.began and row.began + row.length <= c.ended for c in said)


@LAW
@given(DAYS, st.lists(DEEDS, max_size=12), st.sampled_from(SAID), st.sampled_from([1.0, 7.0, 30.0]))
def test_a_word_undone_at_once_was_never_said(
    day: Workday, history: list[Deed], posture: Posture, ago: float
) -> None:
    twin = Workday(day.rules, day.now().wall, day.now().zone)
    for one in (day, twin):
        for deed in history:
            deed.does(one)
        one.senses(locked=False, asleep=False, blind=False)
        one.works(one.elapsed / MINUTE + 1)
    now = unbooked(day.state, day.now(), day.rules)
    since = day.now().wall - minutes(ago)
    word = Word(since, None, posture)
    tells(day, about(word, (*day.log.rows, *now.rows), day.now().wall).corrections)
    if day.told() is not Told.CORRECTED:
        return
    day.says(Undid())

    for one in (day, twin):
        one.works(one.elapsed / MINUTE + 5)
    assert day.view().count == twin.view().count
    assert day.posture() is twin.posture()
    assert [day.spent(each) for each in Posture] == [twin.spent(each) for each in Posture]


def test_answers_given_after_the_word_change_nothing() -> None:
    day = Workday().works(20).rests(30).works(31)
    question = day.view().question
    assert question is not None
    says(day, 20, 30, AWAY)

    assert day.says(Answered(question.number, Answer.SITTING)).told() is Told.NOTHING_TO_ANSWER


def test_the_rules_in_force_say_what_is_long_enough() -> None:
    day = Workday(replace(Rules(), break_min=minutes(8))).works(28)

    assert says(day, 10, 16, AWAY).count == minutes(22)


def test_a_word_about_days_is_kept_a_day_at_a_time() -> None:
    day = Workday().works(60).locks().rests(50 * 60).unlocks().works(50 * 60 + 10)

    said = found(day, 60, 50 * 60, AWAY).corrections

    assert all(c.length <= timedelta(days=1) for c in said)
    assert sum((c.length for c in said), ZERO) == minutes(49 * 60)
    assert [one.ended for one in said[:-1]] == [two.began for two in said[1:]]
