"""The last runs of one posture, of which the menu lets a person say what they were."""

from datetime import timedelta

from deskbreak.core.lately import lately
from deskbreak.core.postures import How, Posture, Stretch
from tests.workday import minutes

SHORT = minutes(2)
SIT, AWAY, STAND = Posture.SITTING, Posture.AWAY, Posture.STANDING


def run(began: float, ended: float, posture: Posture) -> Stretch:
    return Stretch(minutes(began), minutes(ended), posture, How.INPUT)


def known(*runs: Stretch) -> list[tuple[Posture, float, float]]:
    found: tuple[Stretch, ...] = ()
    for one in runs:
        found = lately(found, (one,), SHORT)
    minute = timedelta(minutes=1)
    return [(one.posture, one.began / minute, one.ended / minute) for one in found]


def test_what_goes_on_is_one_run_and_only_the_last_three_are_kept() -> None:
    assert known(run(0, 10, SIT), run(10, 20, SIT)) == [(SIT, 0, 20)]
    assert known(
        run(0, 9, STAND), run(9, 10, SIT), run(10, 20, SIT), run(20, 30, AWAY), run(30, 40, STAND)
    ) == [
        (SIT, 9, 20),
        (AWAY, 20, 30),
        (STAND, 30, 40),
    ]


def test_what_was_too_short_is_part_of_what_was_around_it() -> None:
    assert known(run(0, 10, SIT), run(10, 11, AWAY), run(11, 20, SIT)) == [(SIT, 0, 20)]
    assert known(run(0, 10, SIT), run(10, 22, AWAY), run(22, 23, SIT), run(23, 40, AWAY)) == [
        (SIT, 0, 10),
        (AWAY, 10, 40),
    ]


def test_what_was_just_long_enough_is_a_run_of_its_own() -> None:
    assert known(run(0, 10, SIT), run(10, 12, AWAY), run(12, 20, SIT)) == [
        (SIT, 0, 10),
        (AWAY, 10, 12),
        (SIT, 12, 20),
    ]


def test_what_goes_on_now_may_be_short() -> None:
    assert known(run(0, 10, SIT), run(10, 11, AWAY)) == [(SIT, 0, 10), (AWAY, 10, 11)]


def test_what_is_booked_again_replaces_what_was_there() -> None:
    assert known(run(0, 10, SIT), run(10, 22, AWAY), run(8, 22, STAND)) == [(SIT, 0, 8), (STAND, 8, 22)]
