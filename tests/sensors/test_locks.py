"""Whether the screen is locked: by every screen saver there is, by several at once, and by those that lie."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.links.bus import Bus
from deskbreak.ports import Stirred
from deskbreak.sensors.locks import Locks
from deskbreak.sensors.logind import Logind
from deskbreak.sensors.screensaver import SAVERS, Saver, ScreenSavers
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.sensors.savers import MockedSaver
from tests.sensors.sittings import SOON

GNOME_SAVER = next(saver for saver in SAVERS if "gnome" in saver.name)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Screen:
    """All that knows of a lock, and a person who types when told to."""

    def __init__(self, address: str | None = None) -> None:
        self.stirred: list[object] = []
        self.logind = Logind({}, self.stirred.append)
        self.savers = ScreenSavers(self.stirred.append)
        self._locks = Locks(self.logind, self.savers)
        self._now = timedelta(hours=1)
        self._input = self._now
        self.bus = None if address is None else Bus(address)
        if self.bus is not None:
            self.savers.joined(self.bus)

    def locked(self) -> bool:
        return self._locks.locked(self._now - self._input, self._now)

    def rests(self, length: timedelta) -> None:
        self._now += length

    def types(self, length: timedelta, every: timedelta = SECOND) -> None:
        """One key at once and one after each `every`, each of them noticed."""
        until_then = self._now + length
        while self._now <= until_then:
            self._input = self._now
            self.locked()
            self._now += every

    def hint(self, locked: bool) -> None:
        self.logind.now = replace(self.logind.now, hinted=locked)

    def covers(self, *savers: str) -> None:
        self.savers.active = frozenset(savers)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "desk", {Part.BUS}) as started:
        yield started


@pytest.fixture
def screen(desk: Desk) -> Iterator[Screen]:
    watched = Screen(desk.env["DBUS_SESSION_BUS_ADDRESS"])
    yield watched
    assert watched.bus is not None
    watched.bus.close()


@pytest.mark.parametrize("kind", SAVERS, ids=lambda saver: saver.name)
def test_a_saver_of_any_desktop_is_followed_from_its_start_to_its_death(
    desk: Desk, screen: Screen, kind: Saver
) -> None:
    assert not screen.locked()
    saver = MockedSaver(desk, kind)
    until(lambda: kind.name in screen.savers.there, "it is known, though it came later", SOON)
    assert not screen.locked()

    saver.covers(True)
    until(screen.locked, "the lock is noticed", SOON)
    assert Stirred() in screen.stirred
    saver.covers(False)
    until(lambda: not screen.locked(), "the unlock is noticed", SOON)
    saver.covers(True)
    until(screen.locked, "the next lock is noticed", SOON)
    saver.dies()
    until(lambda: not screen.savers.there, "its death is noticed", SOON)

    assert screen.locked()
    screen.rests(MINUTE)
    screen.types(SECOND)

    assert not screen.locked()
    saver.leaves()


def test_a_screen_locked_before_the_start_is_known(desk: Desk) -> None:
    saver = MockedSaver(desk, GNOME_SAVER, active=True)
    late = Screen(desk.env["DBUS_SESSION_BUS_ADDRESS"])

    until(late.locked, "it is locked", SOON)

    assert late.bus is not None
    late.bus.close()
    saver.leaves()


def test_a_saver_restarted_behind_the_lock_is_one_lock(desk: Desk, screen: Screen) -> None:
    first = MockedSaver(desk, GNOME_SAVER)
    first.covers(True)
    until(screen.locked, "the lock is noticed", SOON)
    first.dies()
    until(lambda: not screen.savers.there, "its death is noticed", SOON)

    assert screen.locked()
    second = MockedSaver(desk, GNOME_SAVER, active=True)
    until(lambda: screen.savers.active, "the new one says so, too", SOON)
    second.covers(False)

    until(lambda: not screen.locked(), "the unlock is noticed", SOON)
    first.leaves()
    second.leaves()


def test_a_session_bus_that_ends_unlocks_nothing(desk: Desk, screen: Screen) -> None:
    saver = MockedSaver(desk, GNOME_SAVER)
    saver.covers(True)
    until(screen.locked, "the lock is noticed", SOON)

    desk.stop(Part.BUS, kill=True)
    until(lambda: not screen.savers.there, "the loss is noticed", SOON)

    assert screen.locked()
    saver.leaves()


def test_sources_that_contradict_each_other_are_a_lock_as_long_as_one_of_them_says_so() -> None:
    screen = Screen()
    seen = []
    for hinted, covering in ((False, ("a",)), (True, ("a",)), (True, ()), (False, ("a", "b")), (False, ())):
        screen.hint(hinted)
        screen.covers(*covering)
        screen.rests(MINUTE)
        seen.append(screen.locked())

    assert seen == [True, True, True, True, False]


def test_a_password_typed_hours_after_the_lock_is_no_unlock() -> None:
    screen = Screen()
    screen.hint(True)
    screen.covers("a")
    screen.locked()
    screen.rests(timedelta(hours=9))

    screen.types(2 * MINUTE)

    assert screen.locked()


def test_who_types_for_minutes_sits_before_a_screen_that_only_says_it_is_locked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    screen = Screen()
    screen.hint(True)
    screen.covers("a")
    screen.locked()

    screen.types(4 * MINUTE)

    assert not screen.locked()
    screen.types(timedelta(hours=1))
    assert not screen.locked()
    assert sorted(caplog.messages) == [
        "the login service says that the screen is locked, but somebody types",
        "the screen saver says that the screen is locked, but somebody types",
    ]


def test_the_lock_after_a_lie_is_believed_again_and_the_next_lie_is_not_told_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    screen = Screen()
    for _lie in range(3):
        screen.hint(True)
        screen.locked()
        screen.types(4 * MINUTE)
        assert not screen.locked()
        screen.hint(False)
        assert not screen.locked()

    screen.hint(True)

    assert screen.locked()
    assert len(caplog.messages) == 1


def test_a_drifting_mouse_unlocks_nothing() -> None:
    screen = Screen()
    screen.hint(True)
    screen.locked()

    screen.types(timedelta(hours=8), every=timedelta(seconds=50))

    assert screen.locked()
