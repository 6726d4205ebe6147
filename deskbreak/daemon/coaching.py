"""The coach as the loop knows it: what was suggested so far, and the next suggestion."""

from deskbreak.coach.choose import choose
from deskbreak.coach.exercise import Exercise
from deskbreak.coach.library import by_id, library
from deskbreak.coach.situation import History, Moment, Offer, Person, Room, Situation
from deskbreak.core.commands import Suggest
from deskbreak.core.events import Offered

# Longer than any rotation: what came before does not matter for the next.
_REMEMBERED = 32
_WALK = "walk-break"


class Rotation:
    """`loop.Coach` over the library; `recent` and `wording` outlive the program."""

    def __init__(self, place: Room, recent: tuple[str, ...] = (), wording: int = 0) -> None:
        self.place = place
        self.recent = recent
        self.wording = wording

    def offer(self, suggest: Suggest, standing: bool) -> Offered:
        exercise = by_id().get(suggest.wanted or "") or self._choose(suggest.easier, standing)
        self.recent = (*self.recent, exercise.id)[-_REMEMBERED:]
        self.wording += 1
        return Offered(
            suggest.number,
            exercise.id,
            self.wording,
            exercise.dose.total,
            exercise.seated,
            exercise.switch,
        )

    def _choose(self, easier: bool, standing: bool) -> Exercise:
        # How long the bout is does not come with `Suggest`, so nobody is kept in the chair.
        known = {id_: each for id_, each in by_id().items() if not each.seated}
        situation = Situation(
            room=self.place,
            moment=Moment(standing=standing),
            history=History(tuple(map(Offer, self.recent))),
            person=Person(hidden=frozenset(known) - {each.id for each in library()}),
            easier=easier,
        )
        # Where the person hid all that could be done here, the reminder still has to name something.
        return choose(known, situation).pick or by_id()[_WALK]
