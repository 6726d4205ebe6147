"""When reminders come and what holds them: rules.md section 5."""

from dataclasses import replace

from deskbreak.core.commands import Rule, Urgency
from deskbreak.core.events import (
    Dismissed,
    Hold,
    HoursBegan,
    HoursEnded,
)
from deskbreak.core.rules import Ladder, Rules, Rung
from tests.workday import Workday, minutes


def test_the_first_reminder_waits_for_a_lull() -> None:
    day = Workday().works(31).rests(32)

    day.saw("31:08 reminder 1")


def test_a_lull_is_waited_for_three_minutes_at_most() -> None:
    Workday().works(35).saw("33:00 reminder 1")


def test_the_ladder_counts_from_when_level_1_was_shown() -> None:
    day = Workday().works(80)

    day.saw("33:00 reminder 1", "48:00 ignored", "48:00 reminder 2", "63:00 ignored", "63:00 reminder 3")
    assert [p.urgency for p in day.prompts] == [Urgency.NORMAL, Urgency.NORMAL, Urgency.CRITICAL]


def test_a_dismissed_reminder_is_unanswered_all_the_same() -> None:
    day = Workday().works(34)
    day.look(Dismissed(day.prompts[0].number))

    assert day.view().open is None
    day.works(50).saw("33:00 reminder 1", "48:00 ignored", "48:00 reminder 2")


def test_every_prompt_is_stored_with_the_decision_that_led_to_it() -> None:
    day = Workday().works(35)

    row = day.log.prompts[1]
    assert row.decision is not None
    assert row.decision.rule is Rule.LIMIT
    assert (row.decision.count, row.decision.limit) == (minutes(33), minutes(30))
    assert (row.decision.waited, row.decision.idle) == (minutes(3), minutes(0))
    assert row.outcome is None


def test_an_open_reminder_is_withdrawn_when_the_person_leaves_and_was_heeded() -> None:
    day = Workday().works(34).locks().rests(40)

    day.saw("33:00 reminder 1", "34:00 withdrawn", "36:00 left", "36:00 break away")


def test_leaving_long_after_a_reminder_is_not_an_answer_to_it() -> None:
    day = Workday().works(40).locks().rests(45)

    day.saw("33:00 reminder 1", "40:00 withdrawn", "42:00 ignored", "42:00 break away")


def test_a_ladder_may_repeat() -> None:
    rules = replace(Rules(), ladder=Ladder((Rung(1, minutes(0)),), repeat=minutes(20)))
    day = Workday(rules).works(75)

    day.saw("33:00 reminder 1", "53:00 ignored", "53:00 reminder 1", "73:00 ignored", "73:00 reminder 1")


def test_a_hold_keeps_a_due_reminder_back_and_it_is_given_once_afterwards() -> None:
    day = Workday().works(20).is_shown(Hold.DND).works(50)

    day.saw("30:00 held")
    assert day.view().hold is Hold.DND
    day.is_shown().works(60)

    day.saw("30:00 held", "50:05 reminder 1")
    held = day.log.prompts[1]
    assert held.decision is not None
    assert held.decision.holds == (Hold.DND,)
    assert held.decision.held_since == day.now().wall - day.elapsed + minutes(20)


def test_a_reminder_that_is_not_due_any_more_when_the_hold_ends_is_not_given() -> None:
    day = Workday().works(20).is_shown(Hold.DND).works(40).locks().rests(45).unlocks().works(46)
    day.is_shown().works(50)

    day.saw("30:00 held", "42:00 break away")


def test_a_hold_withdraws_an_open_reminder() -> None:
    day = Workday().works(34).is_shown(Hold.SHARING).works(40)

    day.saw("33:00 reminder 1", "34:00 withdrawn")


def test_level_2_that_fell_due_under_a_hold_is_given_as_level_1() -> None:
    day = Workday().works(40).is_shown(Hold.DND).works(60).is_shown().works(70)

    day.saw("33:00 reminder 1", "40:00 withdrawn", "48:00 held", "60:05 ignored", "60:05 reminder 1")


def test_a_call_holds_for_90_minutes_and_then_gives_one_soft_prompt() -> None:
    day = Workday().works(10).is_shown(Hold.CALL).works(300)

    day.saw("30:00 held", "100:00 reminder 1", "115:00 held")
    day.is_shown().works(310)

    assert day.log.prompts[2].decision is not None
    assert day.log.prompts[2].decision.rule is Rule.HOLD_TOO_LONG


def test_a_call_that_is_muted_for_a_moment_goes_on() -> None:
    day = Workday().works(10).is_shown(Hold.CALL)
    for minute in range(12, 130, 2):
        day.works(minute).is_shown().works(minute + 0.05).is_shown(Hold.CALL)

    day.saw("30:00 held", "100:00 reminder 1", "115:00 held")
    assert day.view().held_since_at == day.now().wall - day.elapsed + minutes(10)


def test_a_call_that_comes_after_another_is_another() -> None:
    day = Workday().works(10).is_shown(Hold.CALL).works(20).is_shown().works(21).is_shown(Hold.CALL).works(22)

    assert day.view().held_since_at == day.now().wall - day.elapsed + minutes(21)


def test_do_not_disturb_holds_for_as_long_as_it_is_on() -> None:
    Workday().works(10).is_shown(Hold.DND).works(600).saw("30:00 held")


def test_outside_the_hours_nothing_is_shown() -> None:
    day = Workday().look(HoursEnded()).works(40).look(HoursEnded())

    assert day.view().hold is Hold.HOURS
    day.works(50).look(HoursBegan()).works(60)

    day.saw("30:00 held", "50:05 reminder 1")
