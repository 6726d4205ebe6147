"""What the program tells beside reminders: the day so far, and once each, what is wrong or missing.

It alone shows cards of the program itself, and says in the terminal what no card could show.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from deskbreak.core.commands import Outcome, Prompt, Urgency
from deskbreak.daemon.loop import Loop
from deskbreak.ports import Card, CardButton
from deskbreak.words import _
from deskbreak.words.screening import WELCOME

_log = logging.getLogger(__name__)

# What the desktop offers is known a moment after the start, not at it.
_DESKTOP_ANSWERS_IN = timedelta(seconds=3)
# A panel may take its time after a login.
_TRAY_APPEARS_IN = timedelta(seconds=60)
_MOST_ON_A_CARD = 3
# Cards of the program itself carry no number that the core gave.
_OWN_CARD = 0


def notify(loop: Loop, title: str, body: str, *buttons: CardButton) -> None:
    """Show a card of the program itself, which needs no answer."""
    loop.world.notifier.show(Card(_OWN_CARD, title, body, buttons, Urgency.NORMAL, timedelta(seconds=20)))


class Telling:
    """What this launch has told already.

    `no_tray` gives the line about a missing tray, `say` writes to the terminal, `card` words a prompt.
    """

    def __init__(
        self, no_tray: Callable[[], str | None], say: Callable[[str], None], card: Callable[[Prompt], Card]
    ) -> None:
        self._no_tray = no_tray
        self._say = say
        self._card = card
        self._began: timedelta | None = None
        self._faults: frozenset[str] = frozenset()
        self._announced = False
        self._tray_missed = False
        self._spoken = 0

    def go_on(
        self, loop: Loop, faults: tuple[str, ...], own: tuple[str, ...], welcome: bool
    ) -> timedelta | None:
        """Tell what is to be told by now; returns how long until there may be more, None: nothing waits.

        `faults` are all that there are at the moment, `own` are those that a card tells as well; `welcome`:
        the questions before the first exercise are still to be answered.
        """
        elapsed = loop.world.clock.now().elapsed
        if self._began is None:
            self._began = elapsed
        since = elapsed - self._began
        self._speak(loop)
        if since < _DESKTOP_ANSWERS_IN:
            return _DESKTOP_ANSWERS_IN - since
        self._report(loop, faults, own, welcome)
        if since < _TRAY_APPEARS_IN:
            return _TRAY_APPEARS_IN - since
        self._miss_tray(loop)
        return None

    def _report(self, loop: Loop, faults: tuple[str, ...], own: tuple[str, ...], welcome: bool) -> None:
        for fault in faults:
            if fault not in self._faults:
                _log.warning("%s", fault)
        self._faults = frozenset(faults)
        # An open reminder is not to be covered: there is one card at a time.
        if not (own or welcome) or self._announced or loop.view(loop.world.clock.now()).open is not None:
            return
        self._announced = True
        if own:
            notify(loop, _("deskbreak needs a look"), "\n".join(own[:_MOST_ON_A_CARD]))
        else:
            notify(loop, *WELCOME)

    def _miss_tray(self, loop: Loop) -> None:
        missing = self._no_tray()
        if missing is not None and not self._tray_missed:
            notify(loop, _("No tray icon"), missing)
        self._tray_missed = True

    def _speak(self, loop: Loop) -> None:
        """A reminder that no desktop service took is said in the terminal."""
        opened = loop.state.open
        if opened is None or opened.row.outcome is not Outcome.UNDELIVERED:
            return
        if opened.prompt.number != self._spoken:
            self._spoken = opened.prompt.number
            shown = self._card(opened.prompt)
            self._say(f"{shown.title}. {shown.body}")
            self._say(_("Answer with: deskbreak break, deskbreak snooze or deskbreak skip"))
