"""What holds on every day, whatever is told of it: nobody is nagged wrongly, nobody sits for hours unsaid."""

from datetime import timedelta
from typing import TYPE_CHECKING

from deskbreak.core import hours
from deskbreak.core.commands import PromptKind, PromptRow, RecordPrompt, Rule
from deskbreak.core.events import Hold
from deskbreak.core.postures import Posture
from deskbreak.daemon import status
from deskbreak.daemon.appointments import week
from deskbreak.ports import Recorded
from tests.days.told import clock

if TYPE_CHECKING:
    from tests.days.office import Office

_APART = timedelta(minutes=15)
_MOST, _SPAN = 16, timedelta(hours=8)
_LONG_HOLD = timedelta(minutes=90)
_UNSAID = timedelta(hours=2)
# What was held is given 5 s after the hold.
_JUST_FREE = timedelta(seconds=5)
_REMINDERS = (PromptKind.REMINDER, PromptKind.STANDING)
_EXEMPT = (Rule.SNOOZE_ENDED, Rule.ASKED)


class Laws:
    """Judges by what the story says is true, not by what the program believes of it."""

    def __init__(self, office: "Office") -> None:
        self._office = office
        self._known: set[int] = set()
        self._given: list[timedelta] = []
        self._held: dict[Hold, timedelta] = {}
        self._word_at_count = timedelta(0)
        self._prompted = False
        self._free_since: timedelta | None = None
        self.broken: list[str] = []

    def booked(self, rows: tuple[Recorded, ...]) -> None:
        for one in rows:
            if isinstance(one, RecordPrompt) and one.row.number not in self._known:
                self._known.add(one.row.number)
                if one.row.outcome is None:
                    self._prompted = True
                    self._may_be_shown(one.row)

    def turns(self) -> None:
        """At the end of every turn of the loop, at least once a minute."""
        now = self._office.time()
        shown = self._office.desktop.holds()
        self._held = {hold: self._held.get(hold, now) for hold in shown}
        view = self._office.loop.view(self._office.now())
        if self._prompted or view.count < self._word_at_count:
            self._word_at_count = view.count if self._prompted else timedelta(0)
        self._prompted = False
        if view.hold is not None or view.paused_until is not None:
            self._free_since = None
        elif self._free_since is None:
            self._free_since = now
        just_free = self._free_since is not None and now - self._free_since < _JUST_FREE
        if just_free:
            return
        if view.posture is Posture.SITTING and view.count - self._word_at_count >= _UNSAID:
            self._is_said_to_be_held()

    def ends(self, began: timedelta) -> None:
        """At the end of the day: every moment since the first key has been spent in one posture."""
        view = self._office.loop.view(self._office.now())
        spent = sum((length for _, length in self._office.loop.totals(view).by_posture), timedelta(0))
        if spent != self._office.time() - began:
            self._break(f"{spent} are accounted for of {self._office.time() - began}")

    def _may_be_shown(self, row: PromptRow) -> None:
        what = f"{row.kind.value} prompt {row.number}"
        desktop, now = self._office.desktop, self._office.time()
        gone = desktop.gone_since
        if gone is not None and now - gone >= self._office.settings.away_after:
            self._break(f"{what} for a person who is gone since {clock(gone)}")
        if desktop.locked:
            self._break(f"{what} on a locked screen")
        rule = None if row.decision is None else row.decision.rule
        for hold in desktop.holds():
            lasted = now - self._held.get(hold, now)
            worn_out = rule is Rule.HOLD_TOO_LONG and lasted >= _LONG_HOLD
            if not (worn_out and hold in (Hold.CALL, Hold.FULLSCREEN)):
                self._break(f"{what} during {hold.value}")
        stamp = self._office.now()
        if now < desktop.paused_until:
            self._break(f"{what} in a pause")
        if row.kind is PromptKind.EVENING:
            # It tells that they are over.
            return
        if not hours.working(week(self._office.settings), stamp.wall, stamp.zone):
            self._break(f"{what} outside the hours")
        if row.kind in _REMINDERS and rule is not Rule.ASKED:
            self._keeps_its_distance(what, rule)

    def _keeps_its_distance(self, what: str, rule: Rule | None) -> None:
        now = self._office.time()
        if rule not in _EXEMPT and self._given and now - self._given[-1] < _APART:
            self._break(f"{what} so soon after the one at {clock(self._given[-1])}")
        self._given.append(now)
        if sum(now - at < _SPAN for at in self._given) > _MOST:
            self._break(f"{what} is one too many in eight hours")

    def _is_said_to_be_held(self) -> None:
        stamp = self._office.now()
        view = self._office.loop.view(stamp)
        paragraph = status.says(view, self._office.loop.totals(view), (), stamp)
        rows = self._office.rows()
        said = ("No reminders: ", "Held: ", "Paused ")
        if not any(row.label.startswith(said) for row in rows[:4]):
            self._break(f"two hours without a word, and none in the menu: {[row.label for row in rows[:4]]}")
        if "Reminders are held" not in paragraph and "Reminders are paused" not in paragraph:
            self._break(f"two hours without a word, and none in the status: {paragraph}")

    def _break(self, what: str) -> None:
        self.broken.append(f"{clock(self._office.time())} {what}")
