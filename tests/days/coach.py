"""The program's own coach, told what to offer: which exercises suit whom is told elsewhere."""

from dataclasses import replace

from deskbreak.core.commands import Suggest
from deskbreak.core.events import Offered, Unoffered
from deskbreak.daemon.coaching import Rotation, place
from deskbreak.ports import DayTotals
from deskbreak.settings import Settings


class Offers(Rotation):
    """Offers these exercises in turn, then what it would; what the person names comes between."""

    def __init__(self, settings: Settings, offers: tuple[str, ...]) -> None:
        super().__init__(place(settings))
        self._offers = iter(offers)

    def offer(self, suggest: Suggest, today: DayTotals) -> Offered | Unoffered:
        wanted = suggest.wanted or next(self._offers, None)
        return super().offer(replace(suggest, wanted=wanted), today)
