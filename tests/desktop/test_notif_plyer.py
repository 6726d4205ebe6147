"""Cards go through plyer's interface: to our client on Linux, to plyer's own code elsewhere."""

import queue
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import plyer
import pytest

from deskbreak.core.commands import Urgency
from deskbreak.core.events import Delivered, Started, Undelivered
from deskbreak.desktop.notifier import PlyerNotifier
from deskbreak.ports import Card, CardButton

CARD = Card(3, "31 min of\nsitting", "Glute bridge", (CardButton("Start", Started()),), Urgency.NORMAL)

IMPORTS = """
import sys
from pathlib import Path
from deskbreak.desktop.freedesktop.leftover import Leftover
from deskbreak.desktop.freedesktop.notifications import Notices
from deskbreak.desktop.notifier import PlyerNotifier
from deskbreak.core.commands import Urgency
from deskbreak.ports import Card
put = []
notices = Notices(put.append, Leftover(Path("card")))
PlyerNotifier(put.append, notices).show(Card(3, "t", "b", (), Urgency.NORMAL))
assert [outcome.number for outcome in put] == [3], put
print(*[name for name in sys.modules if name.startswith("plyer.platforms")])
"""


class Stock:
    """What plyer finds on another system."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.told: list[dict[str, Any]] = []
        self._fault = fault

    def notify(self, **told: Any) -> None:
        if self._fault is not None:
            raise self._fault
        self.told.append(told)


@pytest.fixture(autouse=True)
def _leave_plyer_as_it_was() -> Iterator[None]:
    yield
    object.__setattr__(plyer.notification, "_obj", None)


def test_plyers_own_code_for_linux_is_never_loaded() -> None:
    ran = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)

    assert (ran.stdout.strip(), ran.stderr) == ("", "")


def test_elsewhere_the_words_are_shown_and_count_as_delivered() -> None:
    stock = Stock()
    object.__setattr__(plyer.notification, "_obj", stock)
    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    notifier = PlyerNotifier(inbox.put, None)

    notifier.show(CARD)
    notifier.withdraw(3)

    assert inbox.get(timeout=1) == Delivered(3)
    assert (stock.told[0]["title"], stock.told[0]["message"]) == (
        "31 min of sitting",
        "Glute bridge\nIn the tray menu: Start",
    )
    assert notifier.missing() is None


def test_elsewhere_a_system_without_notifications_is_named() -> None:
    object.__setattr__(plyer.notification, "_obj", Stock(NotImplementedError("No usable implementation")))
    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    notifier = PlyerNotifier(inbox.put, None)

    notifier.show(CARD)

    outcome = inbox.get(timeout=1)
    assert isinstance(outcome, Undelivered)
    assert outcome.why == notifier.missing()
    assert "No usable implementation" in outcome.why
