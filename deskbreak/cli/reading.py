"""The log for commands that only look: opened read-only, with or without a daemon."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date

from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.coach.library import put_in_force
from deskbreak.core.naming import Naming
from deskbreak.core.postures import Stamp
from deskbreak.daemon.lock import NAME, holder
from deskbreak.paths import Places, places
from deskbreak.settings import Settings, load, load_exercises
from deskbreak.store.database import open_to_read
from deskbreak.store.log import SqliteLog


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose log it is, under which settings, and the moment of asking with the local day it falls on."""

    places: Places
    settings: Settings
    now: Stamp
    today: date


def desk() -> Desk:
    """Raises DeskbreakError when no home folder is known. From then on exercises have the person's names."""
    where = places()
    settings, _faults = load(where.settings)
    put_in_force(load_exercises(where.exercises)[0])
    now = _clock().now()
    naming = Naming(now.elapsed, now.wall - now.elapsed, now.zone)
    return Desk(where, settings, now, naming.day(now.elapsed, settings.day_start))


@contextmanager
def opened(where: Places) -> Iterator[SqliteLog]:
    """Raises StoreError where there is no log, or none that can be read."""
    connection = open_to_read(where.log, writer_is_free=holder(where.data / NAME) is None)
    with closing(connection):
        yield SqliteLog(connection, where.log, _clock().mark)


def _clock() -> SystemClock:
    return SystemClock(axis_at_launch(None))
