"""Notices that a program records from a microphone, by the sound server's word; it never listens itself.

One thread waits for the server's word and, while there is no server, for its return.
"""

import logging
import select
import socket
import threading
from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from deskbreak.links.pulse import Pulse, PulseError, Recording
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _

_log = logging.getLogger(__name__)

# A machine without sound stays so: it is looked for ever less often.
_PAUSES = tuple(timedelta(seconds=pause) for pause in (1, 2, 4, 8, 15, 30, 60))
# What ignore_calls_by may call a program by.
_NAMES = ("application.process.binary", "application.name", "application.id")


class Calls:
    """`recorders`: the names (in small letters) of each program at a microphone; published by the thread.

    So is `absence`: why the sound server says nothing, None while it does.
    """

    def __init__(self, env: Mapping[str, str], put: Put) -> None:
        self.recorders: tuple[frozenset[str], ...] = ()
        self.absence: str | None = _("it has not been asked yet")
        self._put = put
        self._bell, self._rung = socket.socketpair()
        self._attempts = 0
        self._thread: threading.Thread | None = None
        path = _server(env)
        if path is None:
            self.absence = _("the sound server of this session is not on this machine, or has no place here")
        else:
            self._thread = threading.Thread(target=self._run, args=(path,), name="calls", daemon=True)
            self._thread.start()

    def going(self, ignored: Collection[str]) -> bool:
        """Whether anybody but the `ignored` programs holds a microphone."""
        names = {name.casefold() for name in ignored}
        return any(names.isdisjoint(recorder) for recorder in self.recorders)

    def accounts(self) -> tuple[Account, ...]:
        if self.absence is not None:
            mend = _("start PipeWire (with pipewire-pulse) or PulseAudio; until then no call counts")
            return (Account("microphone", Serves.CALL, False, self.absence, mend),)
        if not self.recorders:
            return (Account("microphone", Serves.CALL, True, _("not in use")),)
        names = ", ".join(sorted(min(names, default=_("a program")) for names in self.recorders))
        return (Account("microphone", Serves.CALL, True, _("in use by {names}").format(names=names)),)

    def close(self) -> None:
        self._bell.send(b".")
        if self._thread is not None:
            self._thread.join()
        self._bell.close()
        self._rung.close()

    def _run(self, path: Path) -> None:
        while True:
            try:
                with closing(Pulse(path)) as pulse:
                    self._attend(pulse)
                    return
            except PulseError as fault:
                _log.debug("%s", fault)
                self.absence = str(fault)
                self._publish(())
            pause = _PAUSES[min(self._attempts, len(_PAUSES) - 1)]
            self._attempts += 1
            if select.select([self._rung], [], [], pause.total_seconds())[0]:
                return

    def _attend(self, pulse: Pulse) -> None:
        """Returns at the end of all; raises PulseError where the server is lost."""
        self._publish(pulse.recordings())
        self._attempts = 0
        self.absence = None
        while self._rung.fileno() not in select.select([pulse.fileno(), self._rung.fileno()], [], [])[0]:
            if pulse.news():
                self._publish(pulse.recordings())

    def _publish(self, recordings: tuple[Recording, ...]) -> None:
        recorders = at_microphone(recordings)
        changed = recorders != self.recorders
        self.recorders = recorders
        if changed:
            self._put(Stirred())


def at_microphone(recordings: tuple[Recording, ...]) -> tuple[frozenset[str], ...]:
    """The names of the programs that take sound from a microphone and do more than show its level."""
    return tuple(
        frozenset(each.program[name].casefold() for name in _NAMES if name in each.program)
        for each in recordings
        if not (each.corked or each.meter or each.monitor)
    )


def _server(env: Mapping[str, str]) -> Path | None:
    """Where the sound server of this session listens (pulse-client.conf(5)); None: not here."""
    told = env.get("PULSE_SERVER", "")
    if told:
        path = told.removeprefix("unix:")
        return Path(path) if path.startswith("/") else None
    runtime = env.get("PULSE_RUNTIME_PATH")
    if runtime:
        return Path(runtime) / "native"
    session = env.get("XDG_RUNTIME_DIR")
    return Path(session) / "pulse" / "native" if session else None
