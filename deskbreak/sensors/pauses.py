"""What a desktop that tells of pauses has proved about the last input, and who is told of the next; pure."""

from dataclasses import dataclass
from datetime import timedelta

from deskbreak.ports import Put, Stirred

# Shorter than any threshold that may be set, so that where a quiet began is always known exactly; long
# enough that steady typing wakes nobody.
PAUSE = timedelta(seconds=3)
# Hardly anybody types for so long without a pause, which would be told.
ASK_AFTER = timedelta(minutes=5)
TRUST = ASK_AFTER + timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Known:
    """`last` is the latest moment (awake clock) that surely had input; `quiet`: there was none after it.

    While it is not quiet, no pause has been as long as `PAUSE`. That is believed until `trusted`: a desktop
    that hangs tells of no pause either.
    """

    last: timedelta
    quiet: bool = False
    trusted: timedelta = timedelta.max

    @classmethod
    def told(cls, now: timedelta, last: timedelta) -> "Known":
        """The desktop says at `now` that the last input was at `last`."""
        return cls(last, quiet=now - last >= PAUSE, trusted=now + TRUST)

    def doubtful(self, now: timedelta) -> bool:
        """Whether nothing was told for so long that the desktop should be asked whether it still tells."""
        return not self.quiet and now > self.trusted - TRUST + ASK_AFTER

    def paused(self, now: timedelta) -> "Known":
        """The desktop says at `now` that a pause has become as long as `PAUSE`."""
        return Known(max(self.last, now - PAUSE), quiet=True)

    def idle(self, now: timedelta) -> timedelta:
        """Since the last input; at most `PAUSE` too long, and never too short."""
        return now - (self.last if self.quiet else max(self.last, min(now, self.trusted) - PAUSE))


class Ear:
    """Whether the next input is to be told of: asked for by the loop's thread, answered by one other."""

    def __init__(self, put: Put) -> None:
        self._put = put
        self._rung = 0
        self._wanted: int | None = None

    @property
    def open(self) -> bool:
        return self._wanted == self._rung

    def listen(self, next_input: bool) -> bool:
        """For the loop: whether that changes anything, because it rang or was not asked to before."""
        wanted = self._rung if next_input else None
        changed = wanted != self._wanted
        self._wanted = wanted
        return changed

    def ring(self) -> None:
        """There is input: tell it, if it is still wanted."""
        if self.open:
            self._rung += 1
            self._put(Stirred())
