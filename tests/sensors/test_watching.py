"""The one watching thread, with a connection that is there, hangs and is lost as the story wants."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.clock import awake
from deskbreak.errors import DeskbreakError
from deskbreak.sensors.watching import Watch, close_all
from tests.e2e.desk import until

PAUSES = (timedelta(milliseconds=20), timedelta(milliseconds=60))


class Line:
    """`Watched`; `there`: whether it can be opened; `patience`: what it answers; `told`: what was called."""

    def __init__(self) -> None:
        self.there = True
        self.patience: timedelta | None = None
        self.told: list[str] = []
        self.other, self._mine = socket.socketpair()
        self._mine.close()
        self.other.close()

    def open(self, again: bool) -> None:
        if not self.there:
            raise DeskbreakError("it is not there")
        self.other, self._mine = socket.socketpair()
        self.told.append("back" if again else "open")

    def fileno(self) -> int:
        return self._mine.fileno()

    def prepare(self) -> timedelta | None:
        self.told.append("prepared")
        return self.patience

    def hear(self) -> None:
        said = self._mine.recv(9)
        if not said:
            raise DeskbreakError("it is gone")
        self.told.append(said.decode())

    def waited(self) -> None:
        self.patience = None
        self.told.append("waited")

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        self.told.append(f"{fault}, {'first' if first else 'again'}")

    def lost(self, fault: DeskbreakError) -> None:
        self.told.append(str(fault))
        self.close()

    def close(self) -> None:
        self._mine.close()
        self.told.append("closed")


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.other.close()


def watched(line: Line) -> Watch:
    watch = Watch("line", line, PAUSES)
    watch.open()
    watch.start()
    return watch


def test_it_waits_for_words_and_prepares_before_each_wait(line: Line) -> None:
    watch = watched(line)
    line.other.send(b"word")
    until(lambda: "word" in line.told, "the word is heard")
    until(lambda: line.told[-1] == "prepared", "it waits again")
    watch.wake()
    until(lambda: line.told[-2:] == ["prepared", "prepared"], "it prepares for the loop")
    watch.end()

    assert line.told == ["open", "prepared", "word", "prepared", "prepared", "closed"]


def test_it_waits_no_longer_than_was_asked_for(line: Line) -> None:
    line.patience = timedelta(milliseconds=10)
    watch = watched(line)
    until(lambda: line.told[-2:] == ["waited", "prepared"], "the time is up once")
    watch.end()

    assert line.told.count("waited") == 1


def test_what_is_lost_is_closed_and_tried_again_until_it_is_back(line: Line) -> None:
    watch = watched(line)
    line.there = False
    line.other.close()
    until(lambda: line.told.count("it is not there, again") >= 2, "it is tried again and again")
    line.there = True
    until(lambda: "back" in line.told, "it is back")
    watch.end()

    assert line.told[2:4] == ["it is gone", "closed"]
    assert "it is not there, first" not in line.told


def test_what_was_never_there_is_told_of_once(line: Line) -> None:
    line.there = False
    watch = watched(line)
    until(lambda: len(line.told) >= 3, "it is tried again")
    watch.end()

    assert line.told[:3] == ["it is not there, first", "it is not there, again", "it is not there, again"]
    assert "closed" not in line.told


def test_the_end_does_not_wait_for_a_pause_to_be_over(line: Line) -> None:
    line.there = False
    watch = Watch("line", line, (timedelta(minutes=1),))
    watch.open()
    watch.start()
    began = awake()

    watch.end()

    assert awake() - began < timedelta(seconds=5)


def test_a_thread_that_was_never_started_ends_as_well(line: Line) -> None:
    Watch("line", line).end()

    assert line.told == []


def test_what_comes_to_its_place_is_tried_at_once_and_nobody_looks_for_it_meanwhile(tmp_path: Path) -> None:
    place = tmp_path / "run" / "server"
    line = Line()
    line.there = False
    watch = Watch("story", line, PAUSES, place)
    watch.start()
    until(lambda: len(line.told) == len(PAUSES), "it was looked for as often as there are pauses")

    place.parent.mkdir()
    until(lambda: len(line.told) > len(PAUSES), "its folder has come")
    (place.parent / "other").touch()
    line.there = True
    place.touch()

    until(lambda: "back" in line.told, "it is there", timedelta(seconds=5))
    watch.end()
    line.other.close()


def test_where_the_system_tells_of_no_files_it_is_looked_for_again_and_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    line = Line()
    line.there = False
    watch = Watch("story", line, PAUSES, tmp_path / "server")
    watch.start()

    until(lambda: len(line.told) > len(PAUSES) + 2, "it is looked for")
    watch.end()


def test_all_are_closed_at_once_and_who_hangs_is_left_behind() -> None:
    released, closed = threading.Event(), [threading.Event() for _ in range(3)]

    def hang(number: int) -> None:
        released.wait(30)
        closed[number].set()

    began = awake()
    close_all((lambda: hang(0), lambda: hang(1), closed[2].set), timedelta(milliseconds=200))
    took = awake() - began

    assert took < timedelta(seconds=2)
    assert [each.is_set() for each in closed] == [False, False, True]
    released.set()
    assert all(each.wait(5) for each in closed)


def test_who_has_closed_is_not_waited_for() -> None:
    began = awake()

    close_all([lambda: None] * 5, timedelta(seconds=30))

    assert awake() - began < timedelta(seconds=5)
