"""Shows cards through plyer, and is the only home of plyer."""

import plyer
from plyer.facades import Notification

from deskbreak.core.events import Delivered, Undelivered
from deskbreak.desktop.freedesktop.notifications import Notices
from deskbreak.desktop.safe_text import body_text, one_line
from deskbreak.ports import Card, Put
from deskbreak.words import _

_SHOWN_FOR_S = 10


class _FreedesktopNotification(Notification):  # type: ignore[misc]
    """plyer's interface in front of our own client: plyer's for Linux has no buttons and fails silently."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices

    def _notify(self, *, hints: dict[str, Card], **_words: object) -> None:
        self._notices.show(hints["card"])


class PlyerNotifier:
    """ports.Notifier by `plyer.notification`.

    On Linux it is given `notices`, which it puts behind plyer's interface; they know of buttons,
    replacing and closing, and tell what becomes of a card. Elsewhere plyer's own code shows the words,
    answers come from the menu, and a card that was handed over counts as delivered.
    """

    def __init__(self, put: Put, notices: Notices | None) -> None:
        self._put = put
        self._notices = notices
        self._fault: str | None = None
        if notices is not None:
            object.__setattr__(plyer.notification, "_obj", _FreedesktopNotification(notices))

    def show(self, card: Card) -> None:
        lasts = _SHOWN_FOR_S if card.lasts is None else max(1, round(card.lasts.total_seconds()))
        try:
            plyer.notification.notify(
                title=one_line(card.title),
                message=body_text(card, buttons=False, markup=False),
                app_name="deskbreak",
                timeout=lasts,
                hints={"card": card},
            )
        except (NotImplementedError, OSError) as fault:
            self._fault = _(
                "This system shows no notifications ({why}): "
                "reminders appear in the menu and the terminal only."
            ).format(why=fault)
            self._put(Undelivered(card.number, self._fault))
            return
        if self._notices is None:
            self._fault = None
            self._put(Delivered(card.number))

    def withdraw(self, number: int) -> None:
        if self._notices is not None:
            self._notices.withdraw(number)

    def close(self) -> None:
        """The program ends: no card with buttons that do nothing is left behind."""
        if self._notices is not None:
            self._notices.close()

    def missing(self) -> str | None:
        """One line: what is missing, what that means, what would mend it; None when all is there."""
        return self._fault if self._notices is None else self._notices.missing()
