"""Screen savers for tests: each a double by python-dbusmock, a program of its own that can be killed."""

from deskbreak.links.bus import Bus
from deskbreak.sensors.screensaver import Saver
from tests.e2e.desk import Desk, until
from tests.e2e.parts import PACKAGES, SYSTEM_PYTHON, Part, needs

# What the double is before its name can be asked for anything.
_TEMPLATE = """
BUS_NAME, MAIN_OBJ, MAIN_IFACE, SYSTEM_BUS = "{saver.name}", "{saver.path}", "{saver.name}", False

def load(mock, parameters):
    mock.active = {active}
    mock.AddMethod(MAIN_IFACE, "GetActive", "", "b", "ret = self.active")
    told = "self.active = args[0]; self.EmitSignal(self.interface, 'ActiveChanged', 'b', [args[0]])"
    mock.AddMethod(MAIN_IFACE, "SetActive", "b", "", told)
"""


class MockedSaver:
    """One on the session bus of `desk`, under its own name, path and interface."""

    def __init__(self, desk: Desk, saver: Saver, active: bool = False) -> None:
        needs(*PACKAGES[Part.LOGIND].items())
        self._desk = desk
        self._saver = saver
        self._bus = Bus(desk.env["DBUS_SESSION_BUS_ADDRESS"])
        template = desk.folder / "saver.py"
        template.write_text(_TEMPLATE.format(saver=saver, active=active))
        self._program = desk.launch("saver", SYSTEM_PYTHON, "-m", "dbusmock", "--template", str(template))
        until(lambda: desk.owned(saver.name), f"{saver.name} is on the bus")

    def covers(self, active: bool) -> None:
        """The screen is covered or free from now on, and that is told."""
        name, path = self._saver.name, self._saver.path
        self._bus.call(name, path, name, "SetActive", "b", (active,))

    def dies(self) -> None:
        self._program.kill()
        self._program.wait()
        until(lambda: not self._desk.owned(self._saver.name), f"{self._saver.name} is gone")

    def leaves(self) -> None:
        self._bus.close()
