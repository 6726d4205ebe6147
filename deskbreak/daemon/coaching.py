"""The coach as the loop knows it: what was suggested so far, and the next suggestion."""

from deskbreak.coach.choose import Place, choose
from deskbreak.coach.library import by_id, library
from deskbreak.core.commands import Suggest
from deskbreak.core.events import Offered

# Longer than any rotation: what came before does not matter for the next.
_REMEMBERED = 32


class Rotation:
    """`loop.Coach` over the library; `recent` and `wording` outlive the program."""

    def __init__(self, place: Place, recent: tuple[str, ...] = (), wording: int = 0) -> None:
        self.place = place
        self.recent = recent
        self.wording = wording

    def offer(self, suggest: Suggest, standing: bool) -> Offered:
        named = by_id().get(suggest.wanted or "")
        exercise = named or choose(library(), self.place, self.recent, suggest.easier, standing)
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
