"""Notices that a program records from a microphone, by the sound server's word; it never listens itself."""

import logging
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path

from deskbreak.clock import awake
from deskbreak.errors import DeskbreakError
from deskbreak.links.pulse import Pulse, PulseError, PulseSilentError, Recording
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.programs import Program, any_but, program, told
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

_log = logging.getLogger(__name__)

# PipeWire may not tell that a stream it has told of flows by now, or flows no more: it is looked at again so
# long after it was told of, and when the loop asks, at most at this pace, as long as there is a stream.
_AGAIN = tuple(timedelta(seconds=seconds) for seconds in (0.5, 2, 8))
_PACE = timedelta(seconds=10)
# What ignore_calls_by may call a program by.
_NAMES = ("application.process.binary", "application.name", "application.id")


class Calls:
    """The programs at a microphone of this session."""

    def __init__(self, env: Mapping[str, str], put: Put) -> None:
        path = _place(env)
        self._server = _Server(path, put)
        self._asked = awake() - _PACE
        self._watch = Watch("calls", self._server, place=path)
        if path is not None:
            self._watch.start()

    def going(self, ignored: Collection[str]) -> bool:
        """Whether anybody but the `ignored` programs holds a microphone."""
        doubtful = self._server.stalled or bool(self._server.recorders)
        if doubtful and awake() >= self._asked + _PACE:
            self._asked = awake()
            self._server.asked = True
            self._watch.wake()
        return any_but(ignored, self._server.recorders)

    def accounts(self) -> tuple[Account, ...]:
        absence, recorders = self._server.absence, self._server.recorders
        if absence is not None:
            mend = _("start PipeWire (with pipewire-pulse) or PulseAudio; until then no call counts")
            if self._server.hangs:
                mend = _("restart PulseAudio or PipeWire (pipewire-pulse); until then no call counts")
            return (Account("microphone", Serves.CALL, False, absence, mend),)
        if not recorders:
            return (Account("microphone", Serves.CALL, True, _("not in use")),)
        says = _("in use by {names}").format(names=told(recorders))
        return (Account("microphone", Serves.CALL, True, says),)

    def close(self) -> None:
        self._watch.end()


class _Server:
    """`Watched`: the connection to the sound server; what has no underscore the thread publishes.

    `recorders`: the names (in small letters) of each program at a microphone; `stalled`: some have a stream
    that does not flow; `absence`: why the server says nothing, None while it does; `hangs`: because it does
    not answer. `asked`: look again.
    """

    def __init__(self, path: Path | None, put: Put) -> None:
        self.recorders: tuple[Program, ...] = ()
        self.stalled = False
        self.asked = False
        self.absence: str | None = _("it has not been asked yet")
        self.hangs = False
        if path is None:
            self.absence = _("the sound server of this session is not on this machine, or has no place here")
        self._path = path
        self._put = put
        self._pulse: Pulse | None = None
        self._looks = 0

    def open(self, again: bool) -> None:
        assert self._path is not None
        if not again:
            # Where there is no server that is told at once, so who reads this looks at one that hangs.
            self.absence, self.hangs = str(PulseSilentError()), True
        pulse = Pulse(self._path)
        try:
            self._publish(pulse.recordings())
        except PulseError:
            pulse.close()
            raise
        self._pulse = pulse
        self.absence, self.hangs = None, False
        if again:
            self._put(Stirred())

    def fileno(self) -> int:
        return self._open_pulse().fileno()

    def prepare(self) -> timedelta | None:
        if self.asked:
            self.asked = False
            self._look()
        return _AGAIN[self._looks] if self.stalled and self._looks < len(_AGAIN) else None

    def hear(self) -> None:
        if self._open_pulse().news():
            self._looks = 0
            self._look()

    def waited(self) -> None:
        self._looks += 1
        self._look()

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        _log.debug("%s", fault)
        self.absence, self.hangs = str(fault), isinstance(fault, PulseSilentError)

    def lost(self, fault: DeskbreakError) -> None:
        self.missed(fault, first=True)
        self.close()
        self.recorders, self.stalled = (), False
        self._put(Stirred())

    def close(self) -> None:
        self._open_pulse().close()
        self._pulse = None

    def _open_pulse(self) -> Pulse:
        assert self._pulse is not None
        return self._pulse

    def _look(self) -> None:
        self._publish(self._open_pulse().recordings())

    def _publish(self, recordings: tuple[Recording, ...]) -> None:
        self.stalled = any(each.corked for each in recordings)
        recorders = at_microphone(recordings)
        changed = recorders != self.recorders
        self.recorders = recorders
        if changed:
            self._put(Stirred())


def at_microphone(recordings: tuple[Recording, ...]) -> tuple[Program, ...]:
    """The names of the programs that take sound from a microphone and do more than show its level."""
    return tuple(
        program(each.program.get(name, "") for name in _NAMES)
        for each in recordings
        if not (each.corked or each.meter or each.monitor)
    )


def _place(env: Mapping[str, str]) -> Path | None:
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
