"""A simulated person, desktop and machine around the program's own loop, companion, log and settings.

`live` takes a told day through all of it: nothing is asked of the core by hand.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from deskbreak.coach.screening import Answers
from deskbreak.core.events import Event, Reading
from deskbreak.core.postures import Row, Stamp
from deskbreak.core.state import fresh
from deskbreak.daemon.companion import Companion
from deskbreak.daemon.loop import Loop, World
from deskbreak.daemon.surroundings import Surroundings
from deskbreak.daemon.wire import Asked, Query, Reply
from deskbreak.ports import Card, Choose, DayTotals, Errand, Picture, Recorded, Said, Stirred
from deskbreak.settings import Settings, as_texts, load
from deskbreak.settings.writing import change
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from deskbreak.store.screening import Kept
from tests.days.coach import Offers
from tests.days.desktop import DAY, ZONE, Desktop, commanded, picked, pressed
from tests.days.diary import Diary
from tests.days.laws import Laws
from tests.days.told import Act, Story
from tests.fakes import FakeClock

MIDNIGHT = datetime.combine(DAY, time(), ZONE)

_SECOND = timedelta(seconds=1)
_NEVER = timedelta(days=9)
# The program is there before the first act.
_STARTED_BEFORE = timedelta(seconds=5)
_RINGS = Stirred()


class Office:
    """Every port of the program in one; `inbox.get` lets the world go on until something happens."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.desktop = Desktop()
        self.picture: Picture | None = None
        self.cards: dict[int, Card] = {}
        self._acts = story.acts
        self._next = 0
        self._listening = False
        self._appointments: dict[str, tuple[datetime, Event | Errand]] = {}
        self._put: list[object] = []
        # What is to be written down once the program has looked.
        self._after: Callable[[], None] = lambda: None
        self._began = story.acts[0].at - _STARTED_BEFORE
        self._clock = FakeClock(MIDNIGHT + self._began, ZONE)

        self._file = folder / "settings.toml"
        self._file.write_text(story.settings, "utf-8")
        self.settings, faults = load(self._file)
        assert not faults, faults
        self._log = SqliteLog(in_memory(), IN_MEMORY, self._clock.mark)
        self._log.put_in_force(as_texts(self.settings), self._clock.wall)
        self.diary = Diary(self.time, ZONE)
        self.laws = Laws(self)
        rotation = Offers(self.settings, story.offers)
        around = Surroundings(
            missing=lambda: (),
            no_tray=lambda: None,
            reload=self._reload,
            screening=lambda: Kept(Answers()),
            keep=lambda _: None,
            change=self._change,
            open_settings=lambda: None,
            show_how=lambda _: None,
            show_today=lambda: None,
            back_up=lambda: None,
            say=lambda _: None,
            slept_soundly=lambda: None,
            check_door=lambda: None,
            examined=dict,
        )
        companion = Companion(_Tray(self), lambda: self, rotation, self.settings, (), (), around)
        world = World(self._clock, self, self, self, self, rotation)
        self.loop = Loop(world, companion, fresh(self._clock.now()), self.settings.rules())
        companion.began(self.loop)

    def live(self) -> None:
        self.loop.run()

    def time(self) -> timedelta:
        """Since midnight of the day."""
        return self._clock.elapsed + self._began

    def now(self) -> Stamp:
        return self._clock.now()

    # The settings file.

    def _reload(self) -> tuple[Settings, tuple[()]]:
        self.settings, faults = load(self._file)
        assert not faults, faults
        return self.settings, ()

    def _change(self, key: str, value: object) -> None:
        change(self._file, key, value)
        self.diary.note("the settings file now says:", *self._file.read_text("utf-8").splitlines())

    # The ports: sensor, notifier, log, calendar.

    def read(self) -> Reading:
        return self.desktop.read(self._clock.awake, self.settings)

    def listen(self, next_input: bool) -> None:
        self._listening = next_input

    def show(self, card: Card) -> None:
        self.cards[card.number] = card
        self.diary.shown(card)

    def withdraw(self, number: int) -> None:
        if self.cards.pop(number, None) is not None:
            self.diary.withdrawn(number)

    def write(self, rows: tuple[Recorded, ...], state: str) -> None:
        self._log.write(rows, state)
        self.diary.booked(rows)
        self.laws.booked(rows)

    def day(self, day: date) -> DayTotals:
        return self._log.day(day)

    def stretches(self, since: datetime, until: datetime) -> Iterable[Row]:
        return self._log.stretches(since, until)

    def said(self) -> tuple[Said, ...]:
        return self._log.said()

    def worked_before(self, day: date, at_most: int) -> int:
        return self._log.worked_before(day, at_most)

    def arm(self, appointments: Mapping[str, tuple[datetime, Event | Errand]]) -> None:
        self._appointments = dict(appointments)

    def due(self) -> timedelta | None:
        due = [name for name, (at, _) in self._appointments.items() if at <= self._clock.wall]
        self._put += [self._appointments.pop(name)[1] for name in due]
        self.diary.turns()
        self.laws.turns()
        after, self._after = self._after, lambda: None
        after()
        if self._put:
            return timedelta(0)
        return min((at - self._clock.wall for at, _ in self._appointments.values()), default=None)

    def _ends(self) -> None:
        self.diary.totals(self._log, self.loop, self.now())
        self.laws.ends(self._acts[0].at)
        self._put.append(Query.QUIT)

    # The inbox: how the world goes on.

    def get(self, patience: timedelta) -> object | None:
        if self._put:
            return self._put.pop(0)
        return self._move(self._clock.elapsed + patience)

    def _move(self, until: timedelta) -> object | None:
        while True:
            act = self._acts[self._next] if self._next < len(self._acts) else None
            at = _NEVER if act is None else act.at - self._began
            ring = _NEVER
            if self.desktop.typing and self._listening:
                ring = (math.floor(self._clock.elapsed / _SECOND) + 1) * _SECOND
            stop = min(until, at, ring)
            assert stop < _NEVER, "the day goes on for ever: it has to end with `quits`"
            self._goes_on(stop)
            if act is not None and stop == at:
                self._next += 1
                self.diary.act(act)
                item = self._happens(act)
                if item is not None:
                    return item
            elif stop == ring:
                self._listening = False
                return _RINGS
            else:
                return None

    def _goes_on(self, to: timedelta) -> None:
        gone = to - self._clock.elapsed
        self._clock.passes(gone)
        if self.desktop.typing:
            self.desktop.typed = self._clock.awake

    # What happens.

    def _happens(self, act: Act) -> object | None:
        """Let it happen; returns what it puts into the inbox."""
        desktop = self.desktop
        first, _, rest = act.what.partition(" ")
        match first, rest:
            case "types", "":
                return self._hands(typing=True)
            case "bumps", "the mouse":
                return self._input()
            case "reads" | "waits" | "listens" | "talks" | "watches", _:
                return self._hands(typing=False)
            case "leaves" | "moves", _:
                self._hands(typing=False)
                desktop.gone_since = self.time()
                return None
            case "locks", _:
                self._hands(typing=False)
                desktop.locked = True
                desktop.gone_since = self.time()
            case "unlocks", _:
                desktop.locked = False
                desktop.gone_since = None
            case "presses", label:
                desktop.gone_since = None
                return pressed(label.strip("[]"), self.cards.values())
            case "picks", row:
                return picked(row, self.rows())
            case "$", command:
                return Asked(commanded(command, self._lasting), Reply(self.diary.answered))
            case "looks", "at the menu":
                self._after = lambda: self.diary.menu(self.rows())
            case "quits", "":
                self._after = self._ends
            case _:
                desktop.switches(act.what)
        return _RINGS

    def _hands(self, typing: bool) -> object | None:
        self.desktop.typing = typing
        self.desktop.gone_since = None
        return self._input() if typing else None

    def _input(self) -> object | None:
        self.desktop.typed = self._clock.awake
        if not self._listening:
            return None
        self._listening = False
        return _RINGS

    def rows(self) -> list[Choose]:
        """The menu as it is now."""
        assert self.picture is not None
        return [row for row in self.picture.rows if isinstance(row, Choose)]

    def _lasting(self, command: str, lasts: timedelta) -> None:
        if command == "pause":
            self.desktop.paused_until = self.time() + lasts


class _Tray:
    """`ports.Display`."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, picture: Picture) -> None:
        self._office.picture = picture
