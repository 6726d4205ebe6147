"""Where the person stands, from their own log, in words and as JSON."""

import json
from datetime import datetime, timedelta

import pytest

from deskbreak.cli import main
from deskbreak.cli.reading import desk
from deskbreak.cli.writing import writing
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.levels import TESTED, Condition, What
from deskbreak.coach.library import packaged
from deskbreak.coach.sessions import LevelSet
from deskbreak.core.commands import ExerciseRow, RecordExercise
from deskbreak.core.events import Rating
from deskbreak.paths import Places
from deskbreak.store.database import open_log
from deskbreak.store.log import SqliteLog
from deskbreak.words.levels import condition

BRIDGE = packaged().known["glute-bridge"]
DAY = timedelta(days=1)


def did(
    places: Places,
    *sessions: tuple[float, Rating | None],
    part: float = 1.0,
    exercise: str = BRIDGE.id,
) -> None:
    """So many days ago, a bridge that was rated so; `part` of its dose."""
    now = desk().now.wall
    opened = open_log(places.log, places.marker, now.date())
    log = SqliteLog(opened.connection, places.log, SystemClock(axis_at_launch(None)).mark)
    dose = BRIDGE.dose.total
    rows = (
        RecordExercise(
            ExerciseRow(
                number, exercise, now - ago * DAY - dose, timedelta(), dose * part, dose, False, rating
            )
        )
        for number, (ago, rating) in enumerate(sessions, 1)
    )
    log.write(tuple(rows), "{}")
    log.close()


def shown(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    assert main(["levels", "--json"]) == 0
    return {each["family"]: each for each in json.loads(capsys.readouterr().out)}


def test_levels_tell_what_the_next_step_asks_for_and_how_much_is_done(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    did(home, (9, Rating.RIGHT), (5, Rating.EASY), (2, Rating.EASY))

    status = main(["levels"])

    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    at = lines.index("Bridges: 101")
    step = " ".join(line.strip() for line in lines[at + 1 : at + 4])
    assert step.startswith("For 202: 3 of 6 full doses at this level; 7 of 10 days between")
    assert "2 of 3 in a row that felt easy; 7 of 7 days without pain." in step
    assert "Walks: 101" in lines
    assert max(map(len, lines)) <= 80


def test_six_full_doses_over_ten_days_that_felt_easy_are_all_that_202_asks_for(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    did(home, *((days, Rating.EASY) for days in (11, 9, 7, 5, 3, 0.01)))

    bridge = shown(capsys)["bridge"]

    assert bridge["level"] == 101
    assert bridge["offered"] is True
    assert main(["levels"]) == 0
    assert "  All of it is met." in capsys.readouterr().out


def test_half_a_dose_counts_for_nothing(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    did(home, (3, Rating.EASY), (1, Rating.EASY), part=0.5)

    step = shown(capsys)["bridge"]["next"]

    assert isinstance(step, dict)
    assert step["level"] == 202
    assert [each["have"] for each in step["conditions"]] == [0, 0, 0, 7]


def test_what_hurt_yesterday_rests(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    did(home, (1, Rating.PAIN))

    rests = shown(capsys)["bridge"]["rests_until"]

    assert isinstance(rests, str)
    assert timedelta(days=1) < datetime.fromisoformat(rests) - desk().now.wall < timedelta(days=3)
    main(["levels"])
    assert "  At rest until " in capsys.readouterr().out


@pytest.mark.parametrize("family", Family)
def test_each_family_that_has_a_test_says_which(family: Family) -> None:
    asked = Condition(What.TEST, 0, 1)

    if family in TESTED:
        assert condition(asked, family).startswith("0 of 1 tests passed: ")
    else:
        with pytest.raises(ValueError, match="no test"):
            condition(asked, family)


def test_a_level_is_taken_without_a_running_program(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    did(home, *((days, Rating.EASY) for days in (11, 9, 7, 5, 3, 0.01)))

    status = main(["levels", "set", "bridge", "202"])

    assert status == 0
    assert capsys.readouterr().out == "Bridges: 202 from now on.\n"
    assert shown(capsys)["bridge"]["level"] == 202


def test_a_level_before_its_time_is_set_with_a_line_of_warning(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["levels", "set", "hip", "303", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (status, said["ok"]) == (0, True)
    assert said["says"].startswith("Hip strength: 303 from now on. That is sooner than this ladder asks for")
    assert shown(capsys)["hip"]["level"] == 303


def test_the_family_test_is_all_that_is_left_for_303(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(home) as log:
        log.add(LevelSet(Family.BRIDGE, Level.L202, desk().now.wall - 30 * DAY, desk().today - 30 * DAY))
    did(
        home,
        *((days, Rating.EASY) for days in (29, 26, 23, 20, 17, 14, 11, 5, 1)),
        exercise="marching-bridge",
    )

    main(["levels"])
    before = capsys.readouterr().out
    main(["levels", "passed", "bridge"])
    said = capsys.readouterr().out

    assert "  When the test went well: deskbreak levels passed bridge" in before
    assert said == "Noted: the test went well. To go up: deskbreak levels set bridge 303\n"
    assert shown(capsys)["bridge"]["offered"] is True


@pytest.mark.parametrize(
    "words", [["set", "juggling", "202"], ["set", "hip", "404"], ["passed", "walk"], ["set", "hip"]]
)
def test_what_there_is_no_level_of_is_wrong_usage(
    home: Places, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["levels", *words])

    assert ended.value.code == 2
    assert not home.log.exists()
    assert "Try: deskbreak levels" in capsys.readouterr().err


def test_a_level_that_a_family_does_not_have_is_refused(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["levels", "set", "pump", "202"]) == 1
    assert main(["levels", "passed", "hip"]) == 1

    assert capsys.readouterr().err == (
        "There is no 202 in this family: Calf and leg pumps.\n"
        "The test is for 303, and counts once you are at 202. You are at 101.\n"
    )
    assert not home.log.exists()
