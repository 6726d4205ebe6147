"""The log for commands that only look: opened read-only, with or without a daemon."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.naming import Naming
from deskbreak.core.postures import Stamp
from deskbreak.daemon.lock import NAME, holder
from deskbreak.paths import Places, places
from deskbreak.store.database import open_to_read
from deskbreak.store.lookback import Lookback

if TYPE_CHECKING:
    from deskbreak.settings import Settings
    from deskbreak.store.log import SqliteLog


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose log it is, under which settings, and the moment of asking with the local day it falls on."""

    places: Places
    settings: "Settings"
    now: Stamp
    today: date


class Glance(NamedTuple):
    """A desk with no more settings than a look at its days takes; `at` is the local moment of asking."""

    places: Places
    day_start: time
    daily_goal: timedelta
    days_off: frozenset[date]
    at: datetime
    today: date


def desk() -> Desk:
    """Raises DeskbreakError when no home folder is known. From then on exercises have the person's names."""
    from deskbreak.coach.library import put_in_force
    from deskbreak.settings import load, load_exercises

    where = places()
    settings, _faults = load(where.settings)
    put_in_force(load_exercises(where.exercises)[0])
    now = _clock().now()
    return Desk(where, settings, now, _today(now, settings.day_start))


def glance() -> Glance:
    """Raises DeskbreakError when no home folder is known."""
    where = places()
    # Those of `Settings`, whose import takes longer than all the rest of a look at the day.
    day_start, daily_goal, days_off = time(4), timedelta(hours=6), frozenset[date]()
    if _sets(where.settings, "day_start", "daily_goal", "days_off"):
        from deskbreak.settings import load

        settings, _faults = load(where.settings)
        day_start, daily_goal = settings.day_start, settings.daily_goal
        days_off = frozenset(settings.days_off)
    now = _clock().now()
    at = now.wall.astimezone(now.zone)
    return Glance(where, day_start, daily_goal, days_off, at, _today(now, day_start))


@contextmanager
def looked_back(where: Places) -> Iterator[Lookback]:
    """Raises StoreError where there is no log, or none that can be read."""
    with closing(_connection(where)) as connection:
        yield Lookback(connection, where.log)


@contextmanager
def opened(where: Places) -> Iterator["SqliteLog"]:
    """Raises StoreError where there is no log, or none that can be read."""
    from deskbreak.store.log import SqliteLog

    with closing(_connection(where)) as connection:
        yield SqliteLog(connection, where.log, _clock().mark)


def _connection(where: Places) -> sqlite3.Connection:
    return open_to_read(where.log, writer_is_free=holder(where.data / NAME) is None)


def _sets(file: os.PathLike[str], *keys: str) -> bool:
    """Whether any of the keys may stand in the settings file."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            return True
        with open(file, "rb") as found:
            text = found.read()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return any(key.encode() in text for key in keys)


def _today(now: Stamp, day_start: time) -> date:
    return Naming(now.elapsed, now.wall - now.elapsed, now.zone).day(now.elapsed, day_start)


def _clock() -> SystemClock:
    return SystemClock(axis_at_launch(None))
