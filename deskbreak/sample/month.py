"""The log of a made-up month: the real loop, coach and log, run on a made-up desk as fast as it can be."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from random import Random

from deskbreak.core.state import fresh
from deskbreak.daemon.coaching import Rotation, place
from deskbreak.daemon.loop import Loop, World
from deskbreak.daemon.memory import Memory
from deskbreak.sample.days import LENGTH, Days
from deskbreak.sample.desk import Desk
from deskbreak.sample.person import Person
from deskbreak.settings import Settings, as_texts
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.errors import told
from deskbreak.store.log import SqliteLog

_SEED = 7
# The loop's own minute would take several times as long, and book the same in smaller portions.
_LOOKS_EVERY = timedelta(minutes=4)
_DAY_START = time(4)


def write(path: Path, ends: datetime, zone: tzinfo) -> tuple[date, date]:
    """Writes the log of a month that ends at this moment into a new file; returns its first and last day.

    The same moment in the same zone always makes the same log. Raises `StoreError` where there is no room for
    it.
    """
    month = _Month(ends, zone)
    month.live()
    with closing(month.connection) as connection, told(path):
        connection.execute("VACUUM INTO ?", (str(path),))
    return month.first, month.last


class _Month:
    def __init__(self, ends: datetime, zone: tzinfo) -> None:
        local = ends.astimezone(zone)
        self.last = (local.replace(tzinfo=None) - timedelta(hours=_DAY_START.hour)).date()
        self.first = self.last - (LENGTH - timedelta(days=1))
        self.connection = in_memory()
        self._began = datetime.combine(self.first, _DAY_START, zone).astimezone(UTC)
        self._desk = Desk(self._began, zone, Random(_SEED))
        self._settings = Settings()
        self._rotation = Rotation(place(self._settings), Memory())
        self._log = SqliteLog(self.connection, IN_MEMORY, self._desk.mark)
        self._log.put_in_force(as_texts(self._settings), self._began)
        person = Person(self._desk, self._rotation, Random(_SEED))
        Days(self._desk, person, ends, zone, _SEED).plan(self.last)

    def live(self) -> None:
        desk = self._desk
        rules = replace(self._settings.rules(), heartbeat=_LOOKS_EVERY, silence=3 * _LOOKS_EVERY)
        world = World(desk, desk, desk, desk, self._log, self._rotation)
        loop = Loop(world, desk, fresh(desk.now()), rules, _LOOKS_EVERY)
        loop.run()
        while desk.boots():
            loop = Loop(world, desk, loop.state, rules, _LOOKS_EVERY)
            loop.launch(rebooted=True)
            loop.run()
