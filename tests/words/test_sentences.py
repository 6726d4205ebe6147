"""Every command answers with what is now true, and status says it in one paragraph."""

from dataclasses import replace
from datetime import timedelta

import pytest

from deskbreak.core.commands import Told
from deskbreak.core.events import Hold, Until
from deskbreak.core.postures import Posture
from deskbreak.core.view import View
from deskbreak.words.menu import state_line, today_line
from deskbreak.words.sentences import answer, paragraph
from tests.words.moments import NOW, SITTING, at, minutes, reminder


@pytest.mark.parametrize(
    ("told", "view", "says"),
    [
        (
            Told.SNOOZED,
            replace(SITTING, snoozed_until_at=at(14, 32)),
            "Snoozed until 14:32. You have been sitting for 41 min.",
        ),
        (
            Told.STANDING,
            replace(SITTING, posture=Posture.STANDING, count=minutes(0)),
            "You are standing. The sitting count is back to 0.",
        ),
        (
            Told.STANDING,
            SITTING,
            "A desk is believed once it has held for a minute. You have been sitting for 41 min.",
        ),
        (Told.SITTING, SITTING, "You are sitting. The next reminder comes at 14:10."),
        (Told.SITTING, replace(SITTING, next_at=None), "You are sitting."),
        (
            Told.HERE,
            replace(SITTING, reading_until=at(15, 0)),
            "You are taken to be here until 15:00.",
        ),
        (
            Told.HERE,
            replace(SITTING, reading_until=Until.INDEFINITELY),
            "You are taken to be here until the screen is locked.",
        ),
        (
            Told.STARTED,
            replace(SITTING, exercise="glute-bridge"),
            'Now: Glute bridge, 2 sets of 10, about 2 min. Say "done" when you are done.',
        ),
        (Told.DONE, replace(SITTING, count=minutes(0)), "Done. The sitting count is back to 0."),
        (Told.DONE, SITTING, "Done. You have been sitting for 41 min."),
        (Told.SKIPPED, SITTING, "Skipped. The next reminder comes at 14:10."),
        (
            Told.PAUSED_NOT_SNOOZED,
            replace(SITTING, paused_until=at(14, 10), count=minutes(12)),
            "No reminder was given yet, so this is a pause. Reminders are paused until 14:10."
            " You have been sitting for 12 min.",
        ),
        (
            Told.PAUSED,
            replace(SITTING, paused_until=Until.TOMORROW),
            "Reminders are paused until tomorrow. Sitting is still counted.",
        ),
        (
            Told.PAUSED,
            replace(SITTING, paused_until=Until.INDEFINITELY),
            "Reminders are paused until you resume. Sitting is still counted.",
        ),
        (
            Told.TRACKING_OFF,
            replace(SITTING, posture=Posture.UNKNOWN, tracking=False, tracking_until=Until.INDEFINITELY),
            "Nothing is tracked until you resume. The count waits at 41 min.",
        ),
        (Told.RESUMED, SITTING, "Reminders and tracking go on. You have been sitting for 41 min."),
        (
            Told.RESUMED,
            replace(SITTING, paused_until=at(15, 0)),
            "Tracking goes on. Reminders are paused until 15:00. You have been sitting for 41 min.",
        ),
        (Told.UNDONE, SITTING, "Taken back. You have been sitting for 41 min."),
        (
            Told.ANOTHER,
            replace(SITTING, open=reminder(exercise="hip-hinge")),
            "On offer: Hip hinge, 10 times, about 45 s.",
        ),
        (Told.ALREADY, SITTING, "You have been sitting for 41 min."),
    ],
)
def test_a_command_answers_with_what_is_now_true(told: Told, view: View, says: str) -> None:
    assert answer(told, view, NOW) == says


@pytest.mark.parametrize("told", Told)
def test_every_outcome_has_an_answer_and_a_refusal_says_why(told: Told) -> None:
    said = answer(told, SITTING, NOW)

    assert said.endswith(".")
    assert said.startswith(("There is nothing ", "Nothing that suits is left: ")) == told.refused


def test_status_is_one_paragraph_that_ends_with_the_day_and_a_line_for_each_fault() -> None:
    faults = ["there is no tray to show an icon in", "/home/ada/settings.toml:1: bogus: there is no such key"]
    said = paragraph(SITTING, "Today 5 h 12 min sitting.", faults, NOW)

    assert said == (
        "You have been sitting for 41 min. The next reminder comes at 14:10. Today 5 h 12 min sitting."
        "\nThere is no tray to show an icon in."
        "\n/home/ada/settings.toml:1: bogus: there is no such key."
    )


def test_a_run_that_is_near_is_named_with_what_comes_before_it() -> None:
    view = replace(SITTING, run_at=at(18, 0))

    assert answer(Told.RUN_PLANNED, view, NOW) == (
        "Your run is at 18:00; its primer is offered before it. You have been sitting for 41 min."
    )
    assert "Your run is at 18:00; its primer is offered before it." in paragraph(view, "", [], NOW)
    assert answer(Told.LATER, view, NOW) == answer(Told.RUN_PLANNED, view, NOW)
    assert answer(Told.NOT_AGAIN, view, NOW).startswith("By then you will be running")


def test_what_runs_for_less_time_than_its_dose_is_named_with_that_time() -> None:
    view = replace(SITTING, exercise="glute-bridge", exercise_lasts=timedelta(seconds=20))

    assert "Now: Glute bridge, 20 s." in paragraph(view, "", [], NOW)
    whole = replace(view, exercise_lasts=timedelta(seconds=105))
    assert "Now: Glute bridge, 2 sets of 10, about 2 min." in paragraph(whole, "", [], NOW)


def test_a_primer_is_named_with_its_length() -> None:
    view = replace(SITTING, exercise="primer-full", exercise_lasts=timedelta(minutes=7))

    assert "Now: Full primer, 7 min." in paragraph(view, "", [], NOW)


def test_status_names_the_hold_and_since_when() -> None:
    view = replace(SITTING, hold=Hold.DND, held_since_at=at(13, 2), next_at=None)

    assert "Reminders are held: do-not-disturb since 13:02." in paragraph(view, "", [], NOW)


@pytest.mark.parametrize("hold", Hold)
def test_every_hold_has_words_of_its_own(hold: Hold) -> None:
    said = {state_line(replace(SITTING, hold=each, held_since_at=at(13, 2)), NOW) for each in Hold}

    assert len(said) == len(Hold)
    assert all(line.endswith("since 13:02") for line in said)


def test_status_says_that_the_interval_is_stretched_and_that_nothing_can_be_seen() -> None:
    view = replace(SITTING, limit=minutes(40), stretched=minutes(10), blind=True)

    said = paragraph(view, "", [], NOW)

    assert "Reminders come every 40 min for now" in said
    assert "Input cannot be seen" in said


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (SITTING, "Sitting 41 min, next reminder 14:10"),
        (replace(SITTING, next_at=None), "Sitting 41 min"),
        (replace(SITTING, sure=False, next_at=None), "Sitting 41 min?"),
        (
            replace(SITTING, posture=Posture.STANDING, stood=minutes(12), next_at=at(14, 18)),
            "Standing 12 min, next reminder 14:18",
        ),
        (replace(SITTING, posture=Posture.AWAY, next_at=None), "Away since 13:19"),
        (replace(SITTING, posture=Posture.MOVING, next_at=None), "Moving since 13:19"),
        (replace(SITTING, posture=Posture.UNKNOWN, next_at=None), "Nothing observed since 13:19"),
        (replace(SITTING, snoozed_until_at=at(14, 32)), "Snoozed until 14:32"),
        (
            replace(SITTING, hold=Hold.DND, held_since_at=at(13, 2), next_at=None),
            "Held: do-not-disturb since 13:02",
        ),
        (
            replace(SITTING, hold=Hold.DND, held_since_at=at(11, 2), next_at=None),
            "No reminders: do-not-disturb since 11:02",
        ),
        (replace(SITTING, paused_until=at(15, 0)), "Paused until 15:00"),
        (replace(SITTING, paused_until=Until.TOMORROW), "Paused until tomorrow"),
        (
            replace(SITTING, tracking=False, posture=Posture.UNKNOWN, tracking_until=Until.INDEFINITELY),
            "Not tracking until you resume",
        ),
    ],
)
def test_the_menu_has_one_line_about_this_moment(view: View, line: str) -> None:
    assert state_line(view, NOW) == line


def test_the_menu_has_one_line_about_the_day() -> None:
    assert today_line(minutes(312), 7, minutes(52)) == "Today 5 h 12 min sitting, 7 breaks, longest 52 min"
    assert today_line(minutes(41), 1, minutes(41)) == "Today 41 min sitting, 1 break, longest 41 min"


def test_a_count_that_goes_on_is_not_said_to_be_back_to_0() -> None:
    assert answer(Told.DONE, replace(SITTING, count=timedelta(seconds=17)), NOW) == (
        "Done. You have been sitting for 17 s."
    )
    assert (
        answer(Told.DONE, replace(SITTING, count=timedelta()), NOW) == "Done. The sitting count is back to 0."
    )
