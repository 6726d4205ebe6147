"""The tray's menu: the rows a person finds, in their order, and what each of them does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.levels import Standing, Step
from deskbreak.core.commands import Button, Prompt, PromptKind, Told
from deskbreak.core.events import (
    Answer,
    Answered,
    AskedAnother,
    Finished,
    Hold,
    Paused,
    Rated,
    Rating,
    Resumed,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TrackingStopped,
    Undid,
    Until,
)
from deskbreak.core.postures import How, Posture, Stretch
from deskbreak.core.rules import Rules
from deskbreak.core.view import View
from deskbreak.daemon.panel import face, picture
from deskbreak.ports import Choice, Choose, Errand, ShowHow, TakeLevel, Was
from tests.words.moments import NOW, SITTING, TODAY, at, minutes, reminder


def labels(view: View) -> list[str]:
    rows = picture(view, TODAY, Rules(), (), NOW).rows
    return [row.label if isinstance(row, Choose) else "-" for row in rows]


def row(view: View, label: str) -> Choose:
    rows = picture(view, TODAY, Rules(), (), NOW).rows
    return next(row for row in rows if isinstance(row, Choose) and row.label == label)


def below(view: View, label: str) -> list[tuple[str, Choice | None]]:
    return [(inner.label, inner.choice) for inner in row(view, label).rows if isinstance(inner, Choose)]


USUAL = [
    "Sitting 41 min, next reminder 14:10",
    "Today 5 h 12 min sitting, 7 breaks, longest 52 min",
    "-",
    "Take a break now",
    "Another suggestion",
    "Before a run",
    "I'm standing",
    "I'm here (reading)",
    "I was …",
    "Snooze",
    "Pause",
    "Stop tracking",
    "Undo",
    "-",
    "Health questions",
    "Today",
    "Settings",
    "Quit",
]


def test_the_menu_has_its_rows_in_their_order() -> None:
    assert labels(SITTING) == USUAL


def test_while_a_reminder_is_open_the_menu_starts_with_its_answers() -> None:
    view = replace(SITTING, open=reminder())

    assert labels(view) == ["Start glute bridge", "Snooze 10 min", "Skip", "-", *USUAL]
    assert row(view, "Start glute bridge").choice == Started("glute-bridge")
    assert row(view, "Snooze 10 min").choice == Snoozed()
    assert row(view, "Skip").choice == Skipped()


def test_while_a_primer_is_offered_the_menu_has_its_own_answers() -> None:
    offered = replace(
        reminder(exercise="primer-full"),
        kind=PromptKind.PRIMER,
        buttons=(Button.START, Button.LATER, Button.NOT_TODAY),
    )
    view = replace(SITTING, open=offered)

    assert labels(view) == ["Start full primer", "In 10 min", "Not today", "-", *USUAL]
    assert row(view, "Not today").choice == Skipped()
    assert row(view, "Before a run").choice == Started(primer=True)


def test_a_level_within_reach_can_be_taken_from_the_menu() -> None:
    reached = Standing(Family.BRIDGE, Level.L101, Step(Level.L202, ()), None)

    rows = picture(SITTING, TODAY, Rules(), (), NOW, (reached,)).rows

    found = next(row for row in rows if isinstance(row, Choose) and row.label == "Bridges: go up to 202")
    assert found.choice == TakeLevel(Family.BRIDGE, Level.L202)


def test_the_question_on_return_is_asked_above_everything_else() -> None:
    asked = question(Button.WAS_AWAY, Button.WAS_SITTING, Button.WAS_STANDING, Button.WAS_READING)
    view = replace(SITTING, question=asked, quiet_since_at=at(13, 2), quiet_until_at=at(13, 14))

    assert labels(view) == ["Quiet 13:02 to 13:14, you were", "-", *USUAL]
    assert below(view, "Quiet 13:02 to 13:14, you were") == [
        ("Away", Answered(7, Answer.AWAY)),
        ("Sitting", Answered(7, Answer.SITTING)),
        ("Standing", Answered(7, Answer.STANDING)),
        ("Reading 1 h", Answered(7, Answer.READING)),
    ]


def test_the_offer_of_longer_quiet_stands_in_the_menu_too() -> None:
    view = replace(SITTING, question=question(Button.LONGER, Button.AS_IS))

    assert below(view, "Take longer quiet for sitting?") == [
        ("Yes, up to 10 min", Answered(7, Answer.LONGER)),
        ("Leave it", Answered(7, Answer.AS_IS)),
    ]


def test_who_may_have_been_up_can_say_so_in_the_menu() -> None:
    asked = replace(reminder(), buttons=(Button.WAS_UP, *reminder().buttons))
    view = replace(SITTING, open=asked)

    assert labels(view)[:4] == ["I was up", "Start glute bridge", "Snooze 10 min", "Skip"]
    assert row(view, "I was up").choice == Answered(7, Answer.UP)


def test_forgotten_do_not_disturb_is_said_before_anything_is_asked() -> None:
    asked = question(Button.WAS_AWAY, Button.WAS_SITTING, Button.WAS_STANDING, Button.WAS_READING)
    quiet = replace(SITTING, question=asked, quiet_since_at=at(11, 2), quiet_until_at=at(11, 14))
    lately = replace(quiet, next_at=None, hold=Hold.DND, held_since_at=at(13, 0))
    forgotten = replace(lately, held_since_at=at(11, 30))

    assert labels(lately)[0] == "Quiet 11:02 to 11:14, you were"
    assert labels(forgotten)[:4] == [
        "No reminders: do-not-disturb since 11:30",
        "Quiet 11:02 to 11:14, you were",
        "-",
        "Today 5 h 12 min sitting, 7 breaks, longest 52 min",
    ]


def test_how_an_exercise_was_can_be_said_in_the_menu() -> None:
    asked = replace(question(Button.EASY, Button.PAIN), kind=PromptKind.EXERCISE_END, exercise="glute-bridge")
    view = replace(SITTING, question=asked)

    assert below(view, "Glute bridge: how was it?") == [
        ("Easy", Rated(7, Rating.EASY)),
        ("It hurt", Rated(7, Rating.PAIN)),
    ]


def question(*buttons: Button) -> Prompt:
    return replace(reminder(), kind=PromptKind.RETURN, level=0, exercise=None, buttons=buttons)


def test_a_standing_reminder_can_be_answered_by_sitting() -> None:
    asked = replace(
        reminder(),
        kind=PromptKind.STANDING,
        buttons=(Button.SIT, Button.START, Button.SNOOZE),
    )
    view = replace(SITTING, posture=Posture.STANDING, open=asked)

    assert labels(view)[:4] == ["Start glute bridge", "I'm sitting", "Snooze 10 min", "Skip"]


def test_what_was_started_can_be_ended_from_the_menu() -> None:
    view = replace(SITTING, exercise="glute-bridge")

    assert labels(view)[:3] == ["Done: Glute bridge", "Show me how", "-"]
    assert row(view, "Show me how").choice == ShowHow("glute-bridge")
    assert row(view, "Done: Glute bridge").choice == Finished()


@pytest.mark.parametrize(
    ("label", "choice"),
    [
        ("Take a break now", Started()),
        ("Another suggestion", AskedAnother()),
        ("I'm standing", StoodUp()),
        ("Stop tracking", TrackingStopped()),
        ("Today", Errand.TODAY),
        ("Settings", Errand.SETTINGS),
        ("Quit", Errand.QUIT),
    ],
)
def test_a_row_does_what_it_says(label: str, choice: Choice) -> None:
    assert row(SITTING, label).choice == choice


def test_the_submenus_offer_the_usual_lengths() -> None:
    assert below(SITTING, "I'm here (reading)") == [
        ("30 min", SaidHere(minutes(30))),
        ("1 h", SaidHere(minutes(60))),
        ("2 h", SaidHere(minutes(120))),
    ]
    assert below(SITTING, "Snooze") == [
        ("5 min", Snoozed(minutes(5))),
        ("10 min", Snoozed(minutes(10))),
        ("15 min", Snoozed(minutes(15))),
        ("30 min", Snoozed(minutes(30))),
        ("1 h", Snoozed(minutes(60))),
    ]
    assert below(SITTING, "Pause") == [
        ("30 min", Paused(minutes(30))),
        ("1 h", Paused(minutes(60))),
        ("2 h", Paused(minutes(120))),
        ("until tomorrow", Paused(Until.TOMORROW)),
        ("indefinitely", Paused(Until.INDEFINITELY)),
    ]


@pytest.mark.parametrize(
    ("until", "label"),
    [
        (at(14, 32), "Reading until 14:32"),
        (at(0, 20) + timedelta(days=1), "Reading until tomorrow 00:20"),
        (Until.INDEFINITELY, "Reading until the screen is locked"),
    ],
)
def test_reading_mode_says_its_end_and_can_be_set_anew(until: datetime | Until, label: str) -> None:
    view = replace(SITTING, reading_until=until)

    assert labels(view) == [label if each == "I'm here (reading)" else each for each in USUAL]
    assert below(view, label) == below(SITTING, "I'm here (reading)")


def test_a_pause_can_be_ended_where_it_was_begun() -> None:
    view = replace(SITTING, paused_until=Until.TOMORROW)

    assert labels(view)[0] == "Paused until tomorrow"
    assert labels(view)[USUAL.index("Pause")] == "Resume"
    assert row(view, "Resume").choice == Resumed()


def test_tracking_can_be_taken_up_again_where_it_was_stopped() -> None:
    view = replace(
        SITTING, posture=Posture.UNKNOWN, tracking=False, tracking_until=Until.INDEFINITELY, next_at=None
    )

    assert labels(view)[0] == "Not tracking until you resume"
    assert row(view, "Track again").choice == Resumed()


def test_who_stands_can_say_that_they_sit() -> None:
    view = replace(SITTING, posture=Posture.STANDING, stood=minutes(12))

    assert row(view, "I'm sitting").choice == SatDown()
    assert "I'm standing" not in labels(view)


def test_undo_names_what_it_takes_back_and_is_grey_when_there_is_nothing() -> None:
    view = replace(SITTING, undoable=Told.STANDING)

    assert row(view, "Undo: standing").choice == Undid()
    assert row(SITTING, "Undo").choice is None
    assert len(labels(view)) == len(labels(SITTING))


@pytest.mark.parametrize("told", Told)
def test_whatever_can_be_undone_has_a_name(told: Told) -> None:
    assert any(label.startswith("Undo: ") for label in labels(replace(SITTING, undoable=told)))


def test_the_icon_fills_with_the_share_of_the_limit_and_no_further() -> None:
    assert face(replace(SITTING, count=minutes(15)), fault=False).share == 0.5
    assert face(SITTING, fault=False).share == 1.0
    assert face(replace(SITTING, limit=minutes(0)), fault=False).share == 0.0
    assert face(replace(SITTING, posture=Posture.STANDING), fault=False).share == 0.0


def test_the_icon_shows_what_is_due_silent_untracked_or_at_fault() -> None:
    assert face(replace(SITTING, open=reminder()), fault=False).due
    assert face(replace(SITTING, hold=Hold.CALL), fault=False).silent
    assert face(replace(SITTING, paused_until=Until.INDEFINITELY), fault=False).silent
    assert not face(replace(SITTING, tracking=False), fault=False).tracking
    assert face(SITTING, fault=True).fault
    assert face(replace(SITTING, blind=True), fault=False).fault
    assert not face(SITTING, fault=False).fault


def test_the_title_says_the_same_as_the_menu() -> None:
    shown = picture(SITTING, TODAY, Rules(), (), NOW)

    assert shown.title == "deskbreak: Sitting 41 min, next reminder 14:10"


def test_the_last_stretch_that_is_over_may_be_said_to_have_been_something_else() -> None:
    finished = Stretch(minutes(60), minutes(72), Posture.AWAY, How.IDLE)
    view = replace(SITTING, finished=finished, finished_since_at=at(13, 2), finished_until_at=at(13, 14))

    assert below(view, "I was … 13:02 to 13:14") == [
        ("Away", Was(minutes(60), minutes(72), Posture.AWAY)),
        ("Sitting", Was(minutes(60), minutes(72), Posture.SITTING)),
        ("Standing", Was(minutes(60), minutes(72), Posture.STANDING)),
        ("Moving", Was(minutes(60), minutes(72), Posture.MOVING)),
    ]
    assert below(SITTING, "I was …") == []
