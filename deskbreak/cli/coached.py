"""The coach for commands that only look: made from the person's files and log, with or without a daemon."""

from datetime import timedelta

from deskbreak.cli.reading import Desk, opened
from deskbreak.coach.sessions import Now
from deskbreak.daemon.coaching import Rotation, place
from deskbreak.daemon.memory import Memory, recalled
from deskbreak.ports import DayTotals
from deskbreak.store.screening import read


def coach(here: Desk) -> tuple[Rotation, DayTotals]:
    """The coach as it knows the person, and their day; from then on doses are those of the person.

    Without a log it knows a newcomer. Raises StoreError where there is one that cannot be read.
    """
    memory, today = Memory(), DayTotals(here.today, (), (), timedelta())
    if here.places.log.exists():
        with opened(here.places) as log:
            memory = recalled(log, here.now.wall, here.settings.day_start)
            today = log.day(here.today)
    rotation = Rotation(place(here.settings), memory, answers=read(here.places.screening).in_force)
    rotation.catch_up(moment(here))
    return rotation, today


def moment(here: Desk) -> Now:
    return Now(here.now.wall, here.today)
