"""The coach for commands that only look: made from the person's files and log, with or without a daemon."""

from datetime import timedelta

from deskbreak.cli.reading import Desk, opened
from deskbreak.coach.sessions import Now
from deskbreak.daemon.coaching import Rotation, place
from deskbreak.daemon.memory import Memory, recalled
from deskbreak.ports import DayTotals
from deskbreak.store.screening import read


def coach(here: Desk) -> Rotation:
    """The coach as it knows the person; from then on doses are those of the person.

    Without a log it knows a newcomer. Raises StoreError where there is one that cannot be read.
    """
    memory = Memory()
    if here.places.log.exists():
        with opened(here.places) as log:
            memory = recalled(log, here.now.wall, here.settings.day_start)
    rotation = Rotation(place(here.settings), memory, answers=read(here.places.screening).in_force)
    rotation.catch_up(moment(here))
    return rotation


def today(here: Desk) -> DayTotals:
    """The person's day as far as it is in the log; raises StoreError as `coach` does."""
    if not here.places.log.exists():
        return DayTotals(here.today, (), (), timedelta())
    with opened(here.places) as log:
        return log.day(here.today)


def moment(here: Desk) -> Now:
    return Now(here.now.wall, here.today)
