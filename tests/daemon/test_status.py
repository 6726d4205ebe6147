"""What scripts read from `status --json`."""

from dataclasses import replace

from deskbreak.core.events import Hold, Until
from deskbreak.daemon.status import says, status
from tests.words.moments import NOW, SITTING, TODAY, at


def test_status_has_exactly_the_documented_keys() -> None:
    assert status(SITTING, TODAY, ()) == {
        "state": "sitting",
        "since": "2026-11-23T12:19:00+00:00",
        "count_s": 41 * 60,
        "next_at": "2026-11-23T13:10:00+00:00",
        "held": None,
        "snoozed_until": None,
        "paused_until": None,
        "tracking": True,
        "today": {
            "sitting_s": 312 * 60,
            "standing_s": 3600,
            "moving_s": 0,
            "away_s": 0,
            "unknown_s": 0,
            "breaks": 7,
            "longest_s": 52 * 60,
        },
        "faults": [],
    }


def test_holds_ends_and_faults_are_named() -> None:
    view = replace(
        SITTING,
        hold=Hold.DND,
        held_since_at=at(13, 2),
        snoozed_until_at=at(14, 32),
        paused_until=Until.TOMORROW,
    )

    said = status(view, TODAY, ("There is no tray.",))

    assert said["held"] == {"hold": "dnd", "since": "2026-11-23T12:02:00+00:00"}
    assert said["snoozed_until"] == "2026-11-23T13:32:00+00:00"
    assert said["paused_until"] == "until-tomorrow"
    assert said["faults"] == ["There is no tray."]


def test_in_words_it_is_one_paragraph() -> None:
    assert says(SITTING, TODAY, (), NOW) == (
        "You have been sitting for 41 min. The next reminder comes at 14:10."
        " Today 5 h 12 min sitting, 7 breaks, longest 52 min."
    )
