"""A made-up machine: every port of the program but its log, and an agenda of what happens there."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from heapq import heappop, heappush
from itertools import count
from random import Random

from deskbreak.clock import Mark
from deskbreak.core.commands import Prompt
from deskbreak.core.events import Delivered, Event, Hold, NotifierAppeared, Reading, Undelivered
from deskbreak.core.postures import Stamp
from deskbreak.core.state import State
from deskbreak.daemon.loop import Loop
from deskbreak.ports import Card, Stirred

Errand = Callable[[Loop], object]
"""What is asked of the program itself."""
Act = Callable[[], Event | Errand | None]
"""Something that happens at the desk; returns what the program is told of it."""

_NOTHING = timedelta(0)
_SECOND = timedelta(seconds=1)
# Who types stops to think every now and then.
_THINKS_FOR = 0, 0, 0, 12


class Desk:
    """`loop.Program`, and clock, inbox, sensor and notifier of its world.

    Nothing is waited for: `get` has time pass until something happens. `sees` is told of each prompt that is
    put on the screen. The program ends, and is to be begun again, when the machine is shut down.
    """

    def __init__(self, began: datetime, zone: tzinfo, chance: Random) -> None:
        self.chance = chance
        self.typing = self.locked = self.call = self.film = False
        self.closed = True
        self.sees: Callable[[Prompt], None] = lambda _prompt: None
        self._began = began
        self._zone = zone
        self._elapsed = self._awake = self._typed = _NOTHING
        self._listening = False
        self._delivers = True
        self._agenda: list[tuple[timedelta, int, Act]] = []
        self._order = count()
        self._told: deque[object] = deque()
        self._shown: dict[int, Prompt] = {}

    # What happens.

    def at(self, moment: datetime, act: Act) -> None:
        """It will happen at this aware moment."""
        self._plan(moment - self._began, act)

    def later(self, length: timedelta, act: Act) -> None:
        self._plan(self._elapsed + length, act)

    def touch(self) -> None:
        """A single key."""
        self._typed = self._awake

    def loses_its_server(self) -> None:
        """Nobody is there to show a notification."""
        self._delivers = False

    def finds_a_server(self) -> Event:
        self._delivers = True
        return NotifierAppeared()

    def shuts_down(self) -> Errand:
        self._told.clear()
        return Loop.stop

    def is_over(self) -> Errand:
        """It is shut down for good."""
        self._agenda.clear()
        return self.shuts_down()

    def boots(self) -> bool:
        """The machine is on again when the next thing happens; False: nothing ever will."""
        if not self._agenda:
            return False
        self._sleep(self._agenda[0][0])
        self._awake = self._typed = _NOTHING
        self.closed = self.locked = self.typing = False
        return True

    def _plan(self, at: timedelta, act: Act) -> None:
        heappush(self._agenda, (at, next(self._order), act))

    # The clock.

    def now(self) -> Stamp:
        return Stamp(self._elapsed, self._awake, self._began + self._elapsed, self._zone)

    def mark(self) -> Mark:
        return Mark("", _NOTHING, self._elapsed, self._began + self._elapsed)

    # The inbox.

    def get(self, patience: timedelta) -> object | None:
        if self._told:
            return self._told.popleft()
        at, _order, act = self._agenda[0]
        if self.closed:
            self._sleep(at)
        else:
            ring = _SECOND * self.chance.randint(1, 4) if self._listening and self.typing else timedelta.max
            until = self._elapsed + min(patience, ring)
            if until < at:
                self._pass(until)
                self._listening = False
                return Stirred()
            self._pass(at)
        heappop(self._agenda)
        return act() or Stirred()

    def _sleep(self, until: timedelta) -> None:
        self._elapsed = max(self._elapsed, until)

    def _pass(self, until: timedelta) -> None:
        gone = max(until - self._elapsed, _NOTHING)
        self._elapsed += gone
        self._awake += gone
        if self.typing:
            thinks = _SECOND * self.chance.choice(_THINKS_FOR)
            self._typed = max(self._typed, self._awake - thinks) if thinks < gone else self._typed

    # The sensor.

    def read(self) -> Reading:
        holds = {Hold.CALL: self.call, Hold.FULLSCREEN: self.film}
        return Reading(
            idle=self._awake - self._typed,
            locked=self.locked,
            asleep=self.closed,
            call=self.call,
            media=self.film,
            holds=frozenset(hold for hold, on in holds.items() if on),
        )

    def listen(self, next_input: bool) -> None:
        self._listening = next_input

    # The notifier.

    def show(self, card: Card) -> None:
        if self._delivers:
            self._told.append(Delivered(card.number))
            self.sees(self._shown[card.number])
        else:
            self._told.append(Undelivered(card.number))

    def withdraw(self, number: int) -> None:
        self._shown.pop(number, None)

    def is_open(self, number: int) -> bool:
        return number in self._shown

    # The program around the loop.

    def saved(self, _state: State) -> str:
        return ""

    def card(self, prompt: Prompt) -> Card:
        # The person sees the prompt itself; nobody reads these words.
        self._shown = {prompt.number: prompt}
        return Card(prompt.number, "", "", (), prompt.urgency)

    def lengthen_away_after(self, to: timedelta, loop: Loop) -> None:
        pass

    def show_how(self, exercise: str) -> None:
        pass

    def asked(self, item: object, loop: Loop) -> None:
        assert callable(item)
        item(loop)

    def passed(self, _loop: Loop) -> timedelta | None:
        return None
