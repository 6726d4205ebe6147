"""How reminders are answered, and what new settings change: rules.md section 5."""

from dataclasses import replace
from itertools import pairwise

import pytest

from deskbreak.core.commands import Button, Outcome, PromptKind, Told
from deskbreak.core.events import (
    AskedAnother,
    Finished,
    Hold,
    Paused,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TomorrowCame,
    Until,
)
from deskbreak.core.postures import Posture
from deskbreak.core.rules import Ladder, Rules, Rung
from tests.workday import Workday, minutes, seconds


def test_snooze_brings_the_next_one_after_the_click() -> None:
    day = Workday().works(34).says(Snoozed())

    assert day.told() is Told.SNOOZED
    assert day.view().snoozed_until_at is not None
    day.works(50)

    day.saw("33:00 reminder 1", "34:00 snoozed", "44:00 reminder 2")


def test_a_later_snooze_replaces_an_earlier() -> None:
    day = Workday().works(34).says(Snoozed()).works(35).says(Snoozed(minutes(30))).works(66)

    day.saw("33:00 reminder 1", "34:00 snoozed", "65:00 reminder 2")


def test_a_reset_cancels_a_snooze() -> None:
    day = Workday().works(34).says(Snoozed()).locks().rests(40).unlocks().works(68)

    assert day.view().snoozed_until_at is None
    day.works(75)

    day.saw("33:00 reminder 1", "34:00 snoozed", "36:00 break away", "73:00 reminder 1")


def test_a_snooze_that_ends_in_a_short_absence_is_given_when_the_person_sits_again() -> None:
    day = Workday().works(34).says(Snoozed()).works(43.5).locks().rests(45).unlocks().works(50)

    day.saw("33:00 reminder 1", "34:00 snoozed", "45:00 reminder 2")


def test_the_third_snooze_in_a_row_is_no_button_any_more_but_still_a_command() -> None:
    day = Workday().works(34)
    for click in (34, 44, 54):
        day.works(click + 0.5).says(Snoozed())
    day.works(66)

    assert Button.SNOOZE in day.prompts[1].buttons
    assert [p.buttons for p in day.prompts][2:] == [(Button.START, Button.SKIP)] * 2
    assert day.told() is Told.SNOOZED


def test_snooze_with_no_reminder_given_is_a_pause_that_says_so() -> None:
    day = Workday().works(25).says(Snoozed(minutes(20)))

    assert day.told() is Told.PAUSED_NOT_SNOOZED
    assert day.view().paused_until is not None
    day.locks().rests(28).unlocks()

    # A pause, so no reset cancels it.
    assert day.view().paused_until is not None
    day.works(45).forgets().works(70)

    day.saw("61:00 reminder 1")


def test_skip_waits_until_the_count_has_grown_by_another_limit() -> None:
    day = Workday().works(34).says(Skipped())

    assert day.told() is Told.SKIPPED
    day.works(70)

    day.saw("33:00 reminder 1", "34:00 skipped", "67:00 reminder 1")


def test_skip_with_no_reminder_given_changes_nothing_and_says_so() -> None:
    day = Workday().works(10).says(Skipped())

    assert day.told() is Told.NOTHING_TO_SKIP
    assert day.works(40).prompts[0].sat_for == minutes(33)


def test_a_pause_silences_and_tracking_goes_on() -> None:
    day = Workday().works(10).says(Paused(minutes(60)))

    assert day.told() is Told.PAUSED
    assert day.view().paused_until is not None
    day.works(80)

    day.saw("30:00 held", "70:05 reminder 1")
    assert day.count == minutes(80)


@pytest.mark.parametrize("until", list(Until))
def test_a_pause_without_a_duration_lasts_until_it_is_called_off(until: Until) -> None:
    day = Workday().works(10).says(Paused(until)).works(600)

    assert day.view().paused_until is until
    day.look(TomorrowCame()).works(610)

    assert (day.view().paused_until is None) == (until is Until.TOMORROW)


def test_at_most_one_reminder_in_fifteen_minutes() -> None:
    day = Workday(replace(Rules(), sit_limit=minutes(5))).works(9)
    day.says(Started()).locks().rests(11.5).unlocks().works(40)

    assert day.prompts[0].kind.value == "reminder"
    shown = [
        p.at
        for p in day.log.prompts.values()
        if p.kind is PromptKind.REMINDER and p.outcome is not Outcome.HELD
    ]
    assert all(b - a >= minutes(15) for a, b in pairwise(shown))
    assert len(shown) >= 2


def test_the_end_of_a_snooze_is_no_matter_of_the_budget() -> None:
    day = Workday().works(34).says(Snoozed(minutes(2))).works(40)

    day.saw("33:00 reminder 1", "34:00 snoozed", "36:00 reminder 2")


def test_at_most_sixteen_reminders_in_eight_hours() -> None:
    rules = replace(Rules(), ladder=Ladder((Rung(1, minutes(0)),), repeat=minutes(15)))
    day = Workday(rules).works(33 + 8 * 60 - 1)

    assert len(day.prompts) == 16
    day.works(33 + 8 * 60 + 1)

    assert len(day.prompts) == 17


def test_three_ignored_spells_stretch_the_interval_and_five_accepted_take_it_back() -> None:
    day = Workday()
    at = 0.0
    for _ in range(3):
        day.works(at + 45).locks().rests(at + 48).unlocks()
        at += 48

    assert day.view().limit == minutes(40)
    for _ in range(5):
        day.works(at + 44).locks().rests(at + 47).unlocks()
        at += 47

    assert day.view().limit == minutes(30)


def test_the_interval_is_stretched_to_an_hour_at_most() -> None:
    day = Workday()
    at = 0.0
    for _ in range(15):
        day.works(at + 90).locks().rests(at + 93).unlocks()
        at += 93

    assert day.view().limit == minutes(60)


def test_a_snoozed_or_skipped_spell_is_neither_ignored_nor_accepted() -> None:
    day = Workday()
    at = 0.0
    for answer in (None, None, Snoozed(), None, None, Skipped()):
        day.works(at + 35)
        if answer:
            day.says(answer)
        day.works(at + 42).locks().rests(at + 45).unlocks()
        at += 45

    assert day.view().limit == minutes(30)


def test_lowering_the_limit_below_the_count_reminds_at_once() -> None:
    day = Workday().works(25).sets(replace(Rules(), sit_limit=minutes(20))).works(26)

    day.saw("25:00 reminder 1")


def test_lowering_the_limit_below_the_count_reminds_nobody_twice() -> None:
    day = Workday().works(34).sets(replace(Rules(), sit_limit=minutes(20))).works(47)

    day.saw("33:00 reminder 1")


def test_raising_the_limit_waits_afresh() -> None:
    day = Workday().works(34).sets(replace(Rules(), sit_limit=minutes(60))).works(70)

    day.saw("33:00 reminder 1", "34:00 ignored", "63:00 reminder 1")


def test_raising_the_limit_by_less_than_was_sat_changes_nothing() -> None:
    day = Workday().works(34).sets(replace(Rules(), sit_limit=minutes(32))).works(50)

    day.saw("33:00 reminder 1", "48:00 ignored", "48:00 reminder 2")


def test_other_new_settings_remind_nobody() -> None:
    Workday().works(25).sets(replace(Rules(), snooze=minutes(5))).works(28).saw()


def test_an_undelivered_reminder_is_given_once_when_a_server_appears() -> None:
    day = Workday().loses_its_server().works(60)

    day.saw("33:00 reminder 1", "33:00 undelivered")
    assert day.view().open is not None
    day.finds_a_server().works(62)

    day.saw("33:00 reminder 1", "33:00 undelivered", "60:00 reminder 1")


def test_an_undelivered_reminder_is_not_given_when_it_is_no_longer_due() -> None:
    day = Workday().loses_its_server().works(40).locks().rests(45).unlocks().works(50)
    day.finds_a_server().works(60)

    assert len(day.prompts) == 1


def test_another_suggestion_replaces_the_one_on_offer() -> None:
    day = Workday().works(34).says(AskedAnother())

    assert day.told() is Told.ANOTHER
    assert [p.exercise for p in day.prompts] == ["glute-bridge", "standing-flexor-stretch"]
    assert day.prompts[0].number == day.prompts[1].number
    day.works(50)

    # Asked for, so the ladder goes on as it was.
    assert [p.level for p in day.prompts] == [1, 1, 2]


def test_another_suggestion_can_be_asked_for_with_nothing_on_offer() -> None:
    day = Workday().works(10).says(AskedAnother())

    assert day.view().open is not None
    day.works(35)

    assert [p.level for p in day.prompts] == [1, 1]


def test_starting_a_break_ends_the_ladder_and_waits_for_another_limit() -> None:
    day = Workday().works(34).says(Started()).works(70)

    assert day.told() is Told.STARTED
    day.saw(
        "33:00 reminder 1",
        "34:00 started",
        "34:00 exercise-end",
        "35:45 exercise-end",
        "46:00 withdrawn",
        "67:00 reminder 1",
    )


@pytest.mark.parametrize("took", [1.0, 3.0, 20.0])
def test_what_was_started_from_a_reminder_and_done_is_its_outcome(took: float) -> None:
    day = Workday().works(34).says(Started()).rests(34 + took).says(Finished())

    assert day.told() is Told.DONE
    assert [p.outcome for p in day.log.prompts.values()] == [Outcome.DONE, None]
    assert [(e.exercise, e.length) for e in day.log.exercises] == [("glute-bridge", minutes(took))]
    day.breaks(f"34:00 moved {34 + took - 34:.0f}:00")
    assert day.count == minutes(0)
    assert day.spent(Posture.MOVING) == minutes(took)
    assert day.on_screen == {day.prompts[-1].number}
    assert day.prompts[-1].buttons[0] is Button.EASY


def test_done_may_be_said_after_the_first_words_typed_again() -> None:
    day = Workday().works(34).says(Started()).rests(37).works(37.5).says(Finished()).works(70)

    # The words typed are no part of the movement.
    day.breaks("34:00 moved 3:00")
    assert day.count == minutes(33)
    day.works(71)

    assert day.prompts[-1].sat_for == minutes(33)


def test_who_went_away_for_an_exercise_is_believed_to_have_done_it() -> None:
    day = Workday().works(34).says(Started()).rests(60).works(63)

    assert [(e.exercise, e.length) for e in day.log.exercises] == [("glute-bridge", seconds(105))]
    assert [p.outcome for p in day.log.prompts.values()] == [Outcome.DONE, None]
    day.breaks("34:00 moved 26:00")


def test_start_by_the_name_of_another_exercise_is_that_exercise() -> None:
    day = Workday().works(34).says(Started("walk-break"))

    assert day.view().exercise == "walk-break"


def test_a_reminder_stays_away_from_who_is_standing() -> None:
    day = Workday().works(25).says(StoodUp()).works(50)

    day.saw("25:00 break stood")


def test_nothing_is_shown_on_a_return_until_two_proofs_are_ten_seconds_apart() -> None:
    day = Workday(replace(Rules(), sit_limit=minutes(5), break_min=minutes(10)))
    day.is_shown(Hold.DND).works(4.5).rests(10).bumps_the_mouse().rests(10.05).bumps_the_mouse()
    day.works(10.06).forgets().rests(10.1).is_shown().rests(10.5)

    day.saw()
    day.works(10.6)

    day.saw("10:30 reminder 1")


def test_when_nothing_suits_a_break_of_ones_own_is_refused_and_changes_nothing() -> None:
    day = Workday().suits_nothing().works(10).says(Started())

    assert day.told() is Told.NOTHING_SUITS
    assert day.prompts == []
    assert day.view().undoable is None
    assert day.works(34).count == minutes(34)


def test_when_nothing_suits_a_reminder_still_says_how_long_was_sat() -> None:
    day = Workday().suits_nothing().works(34)

    (reminder,) = day.prompts
    assert reminder.exercise is None
    assert Button.START not in reminder.buttons
    assert reminder.sat_for == minutes(33)


def test_when_nothing_else_suits_what_was_on_offer_stays() -> None:
    day = Workday().works(34).suits_nothing().says(AskedAnother())

    assert day.view().open is not None
    assert day.log.prompts[1].exercise == "glute-bridge"


def test_another_that_was_asked_for_is_skipped_and_puts_off_no_reminder() -> None:
    day = Workday().works(10).says(AskedAnother())
    assert day.view().open is not None

    day.says(Skipped())

    assert day.told() is Told.SKIPPED
    assert day.view().open is None
    assert day.works(40).prompts[-1].sat_for == minutes(33)
