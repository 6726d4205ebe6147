"""All senses at one test desk, wired to its buses as the program wires them."""

import queue
from contextlib import suppress
from datetime import timedelta

from deskbreak.core.events import Reading
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Stirred
from deskbreak.sensors import Senses
from tests.e2e.desk import Desk
from tests.e2e.parts import LOGIND, Part
from tests.fakes import FakeClock

SOON = timedelta(seconds=5)


class Sitting:
    """Senses that are wired to the desk as the program wires them."""

    def __init__(self, desk: Desk, extra: dict[str, str] | None = None) -> None:
        self.desk = desk
        self.clock = FakeClock()
        self.clock.passes(timedelta(days=1))
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.senses = Senses(desk.env | (extra or {}), self.clock, self.inbox.put)
        self._busses: list[Rejoin] = []
        if Part.SYSTEM_BUS in desk.parts:
            system = Rejoin(lambda: desk.env["DBUS_SYSTEM_BUS_ADDRESS"], fds=True)
            system.join(self.senses.system_joined)
            self._busses.append(system)
        if Part.BUS in desk.parts:
            session = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
            session.join(self.senses.session_joined)
            self._busses.append(session)

    def read(self) -> Reading:
        return self.senses.read()

    def inhibitors(self) -> int:
        said = self.desk.logind(LOGIND[1], "org.freedesktop.login1.Manager.ListInhibitors")
        return said.count('string "deskbreak"')

    def stirred(self) -> bool:
        with suppress(queue.Empty):
            while True:
                if self.inbox.get_nowait() == Stirred():
                    return True
        return False

    def forget(self) -> None:
        while self.stirred():
            pass

    def end(self) -> None:
        for bus in self._busses:
            bus.close()
        self.senses.close()


def account(sitting: Sitting, source: str) -> tuple[bool, str]:
    return next((each.used, each.says) for each in sitting.senses.why() if each.source == source)
