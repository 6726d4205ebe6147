"""The minutes before a run: the primer is offered, put off, refused, done, or comes in vain."""

from datetime import datetime

from deskbreak.core.commands import Button, Outcome, PromptKind, Rule, Told
from deskbreak.core.events import (
    AskedAnother,
    Dismissed,
    Finished,
    Hold,
    PrimerDue,
    Rated,
    Rating,
    RunNears,
    RunPlanned,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    Undid,
)
from deskbreak.core.postures import Posture
from tests.workday import DOSE, PRIMER, Workday, minutes

RUN = 60.0
"""Minutes after the start of the day; the calendar speaks up 32 and 12 min before it."""


def at(day: Workday, minute: float) -> datetime:
    return day.now().wall + minutes(minute) - day.elapsed


def nearing(day: Workday | None = None) -> Workday:
    """A run is planned at 60:00, and the quiet before it has begun at 28:00."""
    day = day or Workday()
    day.works(28)
    return day.look(RunNears(at(day, RUN)))


def due(day: Workday | None = None) -> Workday:
    """The primer was offered at 48:00."""
    day = nearing(day).works(48)
    return day.look(PrimerDue(at(day, RUN)))


def outcomes(day: Workday) -> list[Outcome | None]:
    return [row.outcome for row in day.log.prompts.values() if row.kind is PromptKind.PRIMER]


def test_before_a_run_the_primer_is_offered_and_nothing_else() -> None:
    day = due()

    day.saw("48:00 primer")
    prompt = day.prompts[-1]
    assert prompt.exercise == PRIMER
    assert prompt.buttons == (Button.START, Button.LATER, Button.NOT_TODAY)
    assert (prompt.sat_for, prompt.lasts) == (minutes(12), DOSE)
    [row] = day.log.prompts.values()
    assert row.decision is not None
    assert row.decision.rule is Rule.RUN


def test_until_the_run_the_next_reminder_is_said_to_come_after_it() -> None:
    day = nearing()

    assert day.view().next_at == day.view().run_at == at(day, RUN)


def test_after_the_runs_time_the_offer_is_gone_and_reminders_go_on() -> None:
    due().works(64).saw("48:00 primer", "60:00 ignored", "63:00 reminder 1")


def test_the_primer_that_is_started_is_one_movement_shown_as_a_guide() -> None:
    day = due().works(49).says(Started())

    assert day.told() is Told.STARTED
    assert day.guides == [PRIMER]
    assert outcomes(day) == [Outcome.STARTED]
    day.rests(51).works(51.2)

    [done] = day.log.exercises
    assert (done.exercise, done.length, done.activation) == (PRIMER, minutes(2), False)
    assert day.spent(Posture.MOVING) == minutes(2)
    day.says(Rated(day.prompts[-1].number, Rating.EASY))
    assert day.log.exercises[0].rating is Rating.EASY
    assert outcomes(day) == [Outcome.DONE]


def test_the_primer_that_is_done_ends_the_quiet_before_the_run() -> None:
    day = due().says(Started(primer=True)).rests(50).works(50.5)

    assert day.view().run_at is None
    assert day.look(PrimerDue(at(day, RUN))).forgets().works(70).diary() == []


def test_in_10_min_it_is_offered_again() -> None:
    day = due().works(48.5).says(Snoozed())

    assert day.told() is Told.LATER
    day.works(60).saw("48:00 primer", "48:30 snoozed", "58:30 primer", "60:00 ignored")


def test_the_calendar_speaking_up_again_does_not_bring_it_sooner() -> None:
    day = due().works(48.5).says(Snoozed()).works(49)
    day.look(PrimerDue(at(day, RUN)))

    day.works(60).saw("48:00 primer", "48:30 snoozed", "58:30 primer", "60:00 ignored")


def test_who_puts_it_off_until_the_run_is_not_asked_again() -> None:
    day = due().works(50).says(Snoozed())

    assert day.view().run_at is None
    day.works(62).saw("48:00 primer", "50:00 snoozed")


def test_who_puts_it_off_beyond_the_run_is_not_asked_again() -> None:
    day = due().works(51).says(Snoozed())

    assert day.told() is Told.NOT_AGAIN
    assert outcomes(day) == [Outcome.SNOOZED]
    assert day.view().run_at is None
    assert day.forgets().works(62).diary() == []


def test_not_today_is_the_last_word_about_this_run() -> None:
    day = due().says(Skipped())

    assert day.told() is Told.NOT_TODAY
    assert outcomes(day) == [Outcome.SKIPPED]
    day.forgets().look(PrimerDue(at(day, RUN))).look(RunNears(at(day, RUN)))
    assert "primer" not in " ".join(day.works(59).diary())


def test_a_card_that_is_put_away_has_been_seen() -> None:
    day = due()

    day.look(Dismissed(day.prompts[-1].number))

    assert outcomes(day) == [Outcome.IGNORED]
    assert day.view().run_at is None


def test_a_hold_delays_the_offer_and_never_beyond_the_run() -> None:
    on_a_call = nearing().is_shown(Hold.CALL).works(48)
    on_a_call.look(PrimerDue(at(on_a_call, RUN))).works(55).is_shown().works(56)

    on_a_call.saw("55:05 primer")
    assert on_a_call.prompts[-1].sat_for == minutes(5) - minutes(5 / 60)
    all_the_time = nearing().is_shown(Hold.SHARING).works(48)
    all_the_time.look(PrimerDue(at(all_the_time, RUN))).works(61).is_shown().works(61.05)
    all_the_time.saw("60:00 held")


def test_a_hold_takes_the_offer_from_the_screen_and_it_comes_back_after_it() -> None:
    due().works(50).is_shown(Hold.DND).works(52).is_shown().works(53).saw(
        "48:00 primer", "50:00 withdrawn", "52:05 ignored", "52:05 primer"
    )


def test_who_is_away_is_offered_the_primer_on_return() -> None:
    day = nearing().works(40).rests(48)
    day.look(PrimerDue(at(day, RUN))).rests(50).works(51)

    day.saw("45:00 break away", "50:10 primer")


def test_standing_up_leaves_the_offer_where_it_is() -> None:
    day = due().says(StoodUp())

    assert outcomes(day) == [None]
    assert day.view().open is day.prompts[-1]


def test_another_movement_instead_is_not_to_be_had_but_by_name() -> None:
    day = due().says(AskedAnother())

    assert day.told() is Told.NOTHING_INSTEAD
    day.says(Started("walk-break")).rests(51).works(52)
    assert [row.exercise for row in day.log.exercises] == ["walk-break"]
    assert outcomes(day) == [Outcome.IGNORED, None]


def test_a_primer_without_a_server_is_in_the_menu_and_comes_when_there_is_one() -> None:
    day = due(Workday().loses_its_server())

    assert outcomes(day) == [Outcome.UNDELIVERED]
    assert day.view().open is not None
    day.finds_a_server().works(49).forgets()
    assert outcomes(day) == [Outcome.UNDELIVERED, None]


def test_where_nothing_suits_no_primer_is_offered() -> None:
    day = due(Workday().suits_nothing())

    assert PromptKind.PRIMER not in [prompt.kind for prompt in day.prompts]
    assert day.view().run_at is None


def test_a_run_told_of_is_known_until_it_is_over() -> None:
    day = Workday().works(28).says(RunPlanned(minutes(32)))

    assert day.told() is Told.RUN_PLANNED
    assert day.view().run_at == at(day, RUN)
    day.look(RunNears(at(day, RUN))).works(48).look(PrimerDue(at(day, RUN))).works(61)
    assert outcomes(day) == [Outcome.IGNORED]
    assert day.view().run_at is None


def test_a_run_that_is_told_of_again_is_the_later_one() -> None:
    day = Workday().works(28).says(RunPlanned(minutes(32)))
    day.look(RunNears(at(day, RUN))).works(48).look(PrimerDue(at(day, RUN)))
    day.says(RunPlanned(minutes(42)))

    assert day.view().run_at == at(day, 90)
    day.saw("48:00 primer", "48:00 ignored")


def test_a_run_told_of_before_one_of_the_calendar_comes_first() -> None:
    day = nearing().says(RunPlanned(minutes(10)))

    assert day.view().run_at == at(day, 38)


def test_a_run_told_of_for_later_outlasts_one_of_the_calendar() -> None:
    day = nearing().says(RunPlanned(minutes(120)))

    day.works(61)

    assert day.view().run_at == at(day, 148)


def test_the_primer_of_a_run_leaves_the_one_told_of_for_later() -> None:
    day = nearing().says(RunPlanned(minutes(120))).works(48)

    day.look(PrimerDue(at(day, RUN))).says(Started())

    assert day.guides == [PRIMER]
    assert day.view().run_at == at(day, 148)


def test_a_run_told_of_by_mistake_is_taken_back() -> None:
    day = Workday().works(5).says(RunPlanned(minutes(60))).says(Undid())

    assert day.view().run_at is None


def test_who_starts_the_primer_early_is_not_offered_it_for_that_run_again() -> None:
    day = Workday().works(5).says(RunPlanned(minutes(40))).says(Started(primer=True))

    assert day.guides == [PRIMER]
    assert day.view().run_at is None
    day.says(Finished()).works(45).look(RunNears(at(day, 45)))
    assert outcomes(day) == []


def test_a_run_that_was_slept_through_is_past() -> None:
    day = Workday().works(5).closes_the_lid().rests(70).opens_the_lid().works(71)

    day.look(PrimerDue(at(day, RUN)))

    assert day.view().run_at is None
    assert outcomes(day) == []


def test_a_restart_forgets_no_offer() -> None:
    day = due().quits().starts_again().works(49)

    assert outcomes(day)[-1] is None
    assert day.view().run_at == at(day, RUN)


def test_a_primer_that_cannot_be_put_off_has_no_button_for_it() -> None:
    day = nearing().works(52)

    day.look(PrimerDue(at(day, RUN)))

    assert day.prompts[-1].buttons == (Button.START, Button.NOT_TODAY)
