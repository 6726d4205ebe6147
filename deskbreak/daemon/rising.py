"""Levels in the running program: the next one is offered once, and taken by the person's word alone."""

from datetime import datetime

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.levels import Standing, levels_of
from deskbreak.coach.library import by_id
from deskbreak.coach.sessions import LevelSet, Mastered, Now
from deskbreak.core.postures import Stamp
from deskbreak.core.view import View
from deskbreak.daemon.coaching import Rotation
from deskbreak.daemon.loop import Loop
from deskbreak.daemon.telling import notify
from deskbreak.ports import CardButton, TakeLevel
from deskbreak.words.levels import no_test, offer, offer_row, passed, taken


class Rising:
    """`Rotation` knows the standings; this one tells of them, and books what the person says."""

    def __init__(self, rotation: Rotation) -> None:
        self._rotation = rotation
        self._known: frozenset[tuple[Family, Level]] | None = None

    def within_reach(self, now: Stamp, view: View) -> tuple[Standing, ...]:
        """The families in which the next level may be taken."""
        return tuple(each for each in self._rotation.standings(Now(now.wall, view.day)) if each.offered)

    def offer(self, loop: Loop, view: View, within_reach: tuple[Standing, ...]) -> None:
        """Tell once of what has come within reach since the launch; the menu keeps the offer."""
        known = self._known
        if known is not None and (view.open or view.question or view.exercise):
            # There is one card at a time, and this one can wait.
            return
        self._known = frozenset((each.family, each.level) for each in within_reach)
        for each in within_reach:
            if known is not None and each.next is not None and (each.family, each.level) not in known:
                button = CardButton(offer_row(each), TakeLevel(each.family, each.next.to))
                notify(loop, *offer(each), button)

    def take(self, loop: Loop, now: Stamp, wanted: TakeLevel) -> tuple[str, str] | None:
        """The level is the person's from now on; returns a title and, where it is early, a warning.

        None: the family has no such level, and nothing changes.
        """
        if wanted.level not in levels_of(wanted.family, by_id()):
            return None
        before, view = self._standing(loop, now, wanted.family), loop.view(now)
        loop.book(LevelSet(wanted.family, wanted.level, _local(now), view.day))
        return taken(before, wanted.level)

    def note_test(self, loop: Loop, now: Stamp, family: Family) -> tuple[bool, str]:
        """The family's test went well; returns whether that counts, and what is true since."""
        standing = self._standing(loop, now, family)
        if not standing.tested:
            return False, no_test(standing)
        loop.book(Mastered(family, _local(now), loop.view(now).day))
        return True, passed(self._standing(loop, now, family))

    def _standing(self, loop: Loop, now: Stamp, family: Family) -> Standing:
        stands = self._rotation.standings(Now(now.wall, loop.view(now).day))
        return next(each for each in stands if each.family is family)


def _local(now: Stamp) -> datetime:
    return now.wall.astimezone(now.zone)
