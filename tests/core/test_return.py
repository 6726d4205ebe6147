"""The question on return and "I was up": rules.md sections 3 and 5, told as days."""

from dataclasses import replace

import pytest

from deskbreak.core.commands import Button, Outcome, PromptKind, Rule, Told, Urgency
from deskbreak.core.events import (
    Answer,
    Answered,
    Finished,
    Hold,
    Paused,
    SatDown,
    StoodUp,
    TrackingStopped,
    Undid,
)
from deskbreak.core.postures import BreakKind, Posture
from deskbreak.core.rules import Rules
from tests.workday import Workday, minutes, seconds


def test_who_comes_back_from_a_quiet_time_is_asked_once_what_it_was() -> None:
    day = Workday().works(10).rests(22).works(23)

    day.saw("15:00 break away", "22:10 return")
    question = day.prompts[-1]
    assert question.kind is PromptKind.RETURN
    assert question.sat_for == minutes(12)
    assert question.urgency is Urgency.LOW
    assert question.buttons == (
        Button.WAS_AWAY,
        Button.WAS_SITTING,
        Button.WAS_STANDING,
        Button.WAS_READING,
    )


def test_the_log_says_why_the_question_was_asked() -> None:
    day = Workday().works(10).rests(22).works(23)

    decision = day.log.prompts[day.prompts[-1].number].decision
    assert decision is not None
    assert decision.rule is Rule.RETURNED
    assert (decision.waited, decision.count, decision.holds) == (minutes(12), seconds(10), ())


def test_nothing_is_asked_before_the_return_is_beyond_doubt() -> None:
    day = Workday().works(10).rests(22).bumps_the_mouse().rests(40)

    day.saw("15:00 break away")


def test_sitting_makes_the_count_what_it_would_have_been() -> None:
    day = Workday().works(10).rests(22).works(23)

    says(day, Answer.SITTING)

    assert day.told() is Told.WAS_SITTING
    assert day.count == minutes(23)
    assert today(day, Posture.SITTING) == minutes(23)
    assert today(day, Posture.AWAY) == minutes(0)
    assert breaks(day) == {}
    assert day.works(33).prompts[-1].kind is PromptKind.REMINDER


def test_the_log_keeps_what_was_judged_beside_what_was_said() -> None:
    day = Workday().works(10).rests(22).works(23)

    says(day, Answer.SITTING)

    day.booked("0:00 - 10:00 sitting input", "10:00 - 22:00 away idle", "22:00 - 23:00 sitting input")
    (said,) = day.log.corrections
    assert (said.began, said.length, said.posture) == (minutes(10), minutes(12), Posture.SITTING)


def test_sitting_brings_back_the_reminders_of_the_spell() -> None:
    day = Workday().works(31).rests(40).works(41)

    says(day, Answer.SITTING)
    day.works(60)

    # The first came at 33:00 in a lull that never came; the ladder goes on from there.
    assert [p.level for p in day.prompts if p.kind is PromptKind.REMINDER] == [1, 2]


def test_away_confirms_the_judgement() -> None:
    day = Workday().works(10).rests(22).works(23)

    says(day, Answer.AWAY)

    assert day.told() is Told.WAS_AWAY
    assert day.count == minutes(1)
    assert breaks(day) == {BreakKind.AWAY: 1}
    assert today(day, Posture.AWAY) == minutes(12)


def test_standing_is_true_of_now_as_well() -> None:
    day = Workday().works(10).rests(22).works(23)

    says(day, Answer.STANDING)

    assert day.posture() is Posture.STANDING
    assert day.count == minutes(0)
    assert day.view().stood == minutes(13)
    assert today(day, Posture.STANDING) == minutes(13)
    assert breaks(day) == {BreakKind.STOOD: 1}
    assert day.works(41).prompts[-1].kind is PromptKind.STANDING


def test_standing_counts_on_for_who_stood_before() -> None:
    day = Workday().works(10).says(StoodUp()).works(12).rests(22).works(23)

    says(day, Answer.STANDING)

    assert day.view().stood == minutes(13)
    assert breaks(day) == {BreakKind.STOOD: 1}
    assert today(day, Posture.STANDING) == minutes(13)


def test_sitting_ends_the_standing_that_was_taken_to_go_on() -> None:
    day = Workday().works(10).says(StoodUp()).works(12).rests(22).works(23)

    says(day, Answer.SITTING)

    assert day.posture() is Posture.SITTING
    assert day.count == minutes(11)
    assert today(day, Posture.STANDING) == minutes(2)


def test_reading_is_sitting_and_goes_on_for_an_hour() -> None:
    day = Workday().works(10).rests(22).works(23)

    says(day, Answer.READING)
    day.rests(60)

    assert day.count == minutes(60)
    assert day.view().reading_until is not None


def test_reading_on_ones_feet_is_standing() -> None:
    day = Workday().works(10).says(StoodUp()).works(12).rests(22).works(23)

    says(day, Answer.READING)

    assert day.posture() is Posture.STANDING
    assert day.view().stood == minutes(13)


def test_an_absence_too_short_for_a_break_may_have_been_sitting_too() -> None:
    day = Workday(Rules(break_min=minutes(10))).works(10).rests(16).works(17)

    says(day, Answer.SITTING)

    assert day.count == minutes(17)


def test_standing_ends_a_spell_that_the_absence_was_too_short_to_end() -> None:
    day = Workday(Rules(break_min=minutes(10))).works(10).rests(16).works(17)

    says(day, Answer.STANDING)

    assert day.count == minutes(0)
    assert breaks(day) == {BreakKind.STOOD: 1}


def test_no_answer_keeps_the_judgement_and_the_next_reminder_ends_the_question() -> None:
    day = Workday().works(10).rests(22).works(56)

    day.saw("15:00 break away", "22:10 return", "55:00 ignored", "55:00 reminder 1")
    assert day.view().question is None
    assert today(day, Posture.AWAY) == minutes(12)


def test_who_leaves_again_is_asked_about_the_later_absence_only() -> None:
    day = Workday().works(10).rests(22).works(23).rests(30).works(31)

    assert [p.sat_for for p in day.prompts] == [minutes(12), minutes(7)]
    assert day.on_screen == {day.prompts[-1].number}


def test_a_question_does_not_outlast_the_next_absence() -> None:
    day = Workday().works(10).rests(22).works(23).locks().rests(40).unlocks().works(41)

    assert day.view().question is None
    assert day.on_screen == set()
    assert day.log.prompts[day.prompts[-1].number].outcome is Outcome.IGNORED


def test_an_answer_that_comes_too_late_changes_nothing() -> None:
    day = Workday().works(10).rests(22).works(23)
    late = day.prompts[-1].number
    day.rests(30).works(31)

    day.says(Answered(late, Answer.SITTING))

    assert day.told() is Told.NOTHING_TO_ANSWER
    assert day.count == minutes(1)


@pytest.mark.parametrize("said", [Answer.SITTING, Answer.STANDING, Answer.READING], ids=str)
def test_a_click_after_a_sleep_that_nobody_told_of_answers_nothing(said: Answer) -> None:
    day = Workday().works(10).rests(22).works(23)
    asked = day.prompts[-1].number

    wakes_the_machine_at(480, day).says(Answered(asked, said))

    assert day.told() is Told.NOTHING_TO_ANSWER
    assert day.count == minutes(0)
    assert day.posture() is Posture.SITTING
    assert today(day, Posture.AWAY) == minutes(12 + 457)
    assert day.log.corrections == []
    assert day.on_screen == set()


@pytest.mark.parametrize(("absence", "asked"), [(4.9, False), (5, True), (60, True), (60.1, False)], ids=str)
def test_only_an_absence_of_up_to_an_hour_is_asked_about(absence: float, asked: bool) -> None:
    day = Workday().works(10).rests(10 + absence).works(12 + absence)

    assert bool(day.prompts) is asked


def test_a_lock_leaves_nothing_to_ask() -> None:
    day = Workday().works(10).rests(12).locks().rests(22).unlocks().works(23)

    assert day.prompts == []


def test_a_lock_that_came_later_leaves_nothing_to_ask_either() -> None:
    day = Workday().works(10).rests(20).locks().rests(30).unlocks().works(31)

    assert day.prompts == []


def test_a_sleep_leaves_nothing_to_ask() -> None:
    day = Workday().works(10).rests(12).closes_the_lid().rests(22).opens_the_lid().works(23)

    assert day.prompts == []


def test_nobody_is_asked_while_something_holds() -> None:
    day = Workday().works(10).rests(20).is_shown(Hold.SHARING).rests(22).works(23).is_shown().works(24)

    assert day.prompts == []


def test_nobody_is_asked_in_a_pause() -> None:
    day = Workday().works(10).says(Paused(minutes(60))).works(11).rests(22).works(23)

    assert day.prompts == []


def test_at_most_six_times_a_day() -> None:
    day = Workday(Rules(prompts_apart=minutes(1)))
    for turn in range(8):
        day.works(20 * turn + 10).rests(20 * turn + 20)
    day.works(165)

    assert len(day.prompts) == 6
    day.rests(60 * 24).works(60 * 24 + 1).rests(60 * 24 + 10).works(60 * 24 + 11)
    assert len(day.prompts) == 7


def test_after_the_third_sitting_in_a_week_longer_quiet_is_offered() -> None:
    day = sat_through_three_quiet_times()

    offer = day.prompts[-1]

    assert offer.buttons == (Button.LONGER, Button.AS_IS)
    assert offer.sat_for == minutes(10)
    day.says(Answered(offer.number, Answer.LONGER))
    assert day.told() is Told.LONGER
    assert day.rules.away_after == minutes(10)
    assert day.view().question is None


def test_the_offer_may_be_declined_and_takes_three_more_to_come_again() -> None:
    day = sat_through_three_quiet_times()

    day.says(Answered(day.prompts[-1].number, Answer.AS_IS))

    assert day.told() is Told.AS_IS
    assert day.rules.away_after == minutes(5)
    day.rests(90).works(91)
    says(day, Answer.SITTING)
    assert day.prompts[-1].buttons[0] is Button.WAS_AWAY


def test_what_was_said_more_than_a_week_ago_offers_nothing() -> None:
    day = Workday(Rules(sit_limit=minutes(240)))
    for start in (0, 16, 60 * 24 * 8):
        day.rests(start).works(start + 6).rests(start + 14).works(start + 15)
        says(day, Answer.SITTING)

    assert [p.buttons[0] for p in day.prompts] == [Button.WAS_AWAY] * 3


def test_who_waits_longer_already_is_offered_nothing() -> None:
    day = sat_through_three_quiet_times(Rules(away_after=minutes(10)), quiet=12)

    assert day.prompts[-1].buttons[0] is Button.WAS_AWAY


@pytest.mark.parametrize("strange", [Answer.LONGER, Answer.AS_IS, Answer.UP])
def test_what_is_no_answer_to_the_question_changes_nothing(strange: Answer) -> None:
    day = Workday().works(10).rests(22).works(23)

    says(day, strange)

    assert day.told() is Told.NOTHING_TO_ANSWER
    assert day.view().question is not None


def test_an_answer_can_be_taken_back() -> None:
    day = Workday().works(10).rests(22).works(23)
    says(day, Answer.SITTING)

    day.works(23.5).says(Undid())

    assert day.told() is Told.UNDONE
    assert day.log.corrections == []
    assert day.count == minutes(1.5)
    assert today(day, Posture.AWAY) == minutes(12)
    assert day.view().question is not None
    says(day, Answer.STANDING)
    assert day.posture() is Posture.STANDING


def test_taking_back_the_third_answer_takes_the_offer_off_the_screen() -> None:
    day = sat_through_three_quiet_times()
    offer = day.prompts[-1].number

    day.says(Undid())

    assert offer not in day.on_screen
    assert day.view().question is not None


@pytest.mark.parametrize("command", [SatDown(), StoodUp(), Finished(), TrackingStopped()], ids=repr)
def test_other_words_about_the_posture_settle_the_question(command: object) -> None:
    day = Workday().works(10).says(StoodUp()).works(12).rests(22).works(22.3)
    standing = isinstance(command, StoodUp)

    day.says(command)  # type: ignore[arg-type]

    assert (day.view().question is not None) is standing


def test_a_question_that_nobody_could_show_is_still_in_the_menu() -> None:
    day = Workday().works(10).loses_its_server().rests(22).works(23)

    assert day.log.prompts[day.prompts[-1].number].outcome is Outcome.UNDELIVERED
    says(day, Answer.SITTING)
    assert day.log.prompts[day.prompts[-1].number].outcome is Outcome.ANSWERED
    assert day.count == minutes(23)


def test_a_question_that_nobody_could_show_was_not_ignored() -> None:
    day = Workday().works(10).loses_its_server().rests(22).works(23).finds_a_server().works(56)

    assert [p.outcome for p in day.log.prompts.values()] == [Outcome.UNDELIVERED, None]


def test_a_question_outlives_a_restart() -> None:
    day = Workday().works(10).rests(22).works(23).quits().starts_again()

    says(day, Answer.SITTING)

    assert day.count == minutes(23)


# "I was up"


def test_a_reminder_still_open_asks_whether_the_person_was_up() -> None:
    day = reminded().rests(36).works(37)

    assert day.prompts[-1].number == day.prompts[0].number
    assert day.prompts[-1].buttons == (Button.WAS_UP, Button.START, Button.SNOOZE, Button.SKIP)


def test_who_was_up_has_had_a_break() -> None:
    day = reminded().rests(36).works(37)

    day.says(Answered(day.prompts[-1].number, Answer.UP))

    assert day.told() is Told.WAS_UP
    assert day.count == minutes(1)
    assert breaks(day) == {BreakKind.AWAY: 1}
    assert today(day, Posture.AWAY) == minutes(3)
    assert day.log.prompts[day.prompts[-1].number].outcome is Outcome.LEFT
    assert day.on_screen == set()
    assert day.works(66).prompts[-1].level == 1


def test_who_was_not_up_goes_on_as_before() -> None:
    day = reminded().rests(36).works(49)

    assert [p.level for p in day.prompts] == [1, 1, 2]
    assert Button.WAS_UP not in day.prompts[-1].buttons


def test_a_quiet_shorter_than_a_break_asks_nothing() -> None:
    day = reminded().rests(34.9).works(37)

    assert len(day.prompts) == 1


def test_the_moment_of_the_return_is_exact() -> None:
    day = reminded().rests(35.2).works(36)

    day.says(Answered(day.prompts[-1].number, Answer.UP))

    assert today(day, Posture.AWAY) == minutes(2.2)


def test_one_bump_is_not_a_return() -> None:
    day = reminded().rests(35.5).bumps_the_mouse().rests(37)

    assert len(day.prompts) == 1


def test_a_film_under_the_reminder_is_no_quiet() -> None:
    day = reminded().senses(media=True).rests(36).senses(media=False).works(37)

    assert len(day.prompts) == 1


def test_being_up_is_said_of_a_reminder_that_offered_it_only() -> None:
    day = reminded()

    day.says(Answered(day.prompts[-1].number, Answer.UP))

    assert day.told() is Told.NOTHING_TO_ANSWER


def test_who_slept_under_the_reminder_was_not_only_up() -> None:
    day = reminded().rests(36).works(37)
    asked = day.prompts[-1].number

    wakes_the_machine_at(480, day).says(Answered(asked, Answer.UP))

    assert day.told() is Told.NOTHING_TO_ANSWER
    assert day.count == minutes(0)
    assert day.log.corrections == []
    assert day.on_screen == set()


def test_being_up_can_be_taken_back() -> None:
    day = reminded().rests(36).works(37)
    day.says(Answered(day.prompts[-1].number, Answer.UP))

    day.says(Undid())

    assert day.count == minutes(37)
    assert day.view().open is not None
    assert day.log.corrections == []


def says(day: Workday, answer: Answer) -> None:
    """The person presses a button of the question that is open."""
    question = day.view().question
    assert question is not None
    day.says(Answered(question.number, answer))


def wakes_the_machine_at(minute: float, day: Workday) -> Workday:
    """The machine sleeps from now on, which no signal tells; the next thing heard is what the person does."""
    return day.closes_the_lid(signal=False).rests(minute).opens_the_lid(signal=False)


def today(day: Workday, posture: Posture) -> object:
    """The day's time in this posture, as corrected."""
    pending = sum((length for _, one, length in day.view().pending if one is posture), seconds(0))
    return dict(day.log.day(day.view().day).by_posture)[posture] + pending


def breaks(day: Workday) -> dict[BreakKind, int]:
    return {kind: number for kind, number in day.log.day(day.view().day).breaks if number}


def reminded() -> Workday:
    """A reminder came at 33:00, and is still there."""
    return Workday().works(33)


def sat_through_three_quiet_times(rules: Rules | None = None, quiet: float = 8) -> Workday:
    """Three times the person read on paper and said so; none of it is long enough for a reminder."""
    day = Workday(replace(rules or Rules(), sit_limit=minutes(240)))
    for turn in range(3):
        start = 20 * turn
        day.works(start + 5).rests(start + 5 + quiet).works(start + 6 + quiet)
        says(day, Answer.SITTING)
    return day
