"""What is believed of a word that nobody takes back: later input contradicts it; pure."""

from datetime import timedelta

# Whoever works is seldom quiet for longer; a drifting mouse that stirs once a minute is nobody.
_APART = timedelta(seconds=30)


class Belief:
    """Believes a claim until it is withdrawn or contradicted.

    Input contradicts it that comes more than `grace` after it was made and has gone on for `lasting`.
    Lockers and login services may never say that the screen is unlocked or the machine awake again.
    """

    def __init__(self, grace: timedelta, lasting: timedelta = timedelta(0)) -> None:
        self.refuted = False
        """Whether the claim is still made, and contradicted."""
        self._grace = grace
        self._lasting = lasting
        self._claim: object | None = None
        self._since = timedelta(0)
        self._began: timedelta | None = None
        self._heard = timedelta(0)

    def holds(self, claim: object | None, idle: timedelta | None, awake: timedelta) -> bool:
        """Whether `claim` (None: withdrawn; an unequal one: made anew) is still to be believed at `awake`."""
        if claim != self._claim:
            self._claim, self._since, self._began, self.refuted = claim, awake, None, False
        if claim is not None and idle is not None and awake - idle > self._since + self._grace:
            self._hear(awake - idle)
        return claim is not None and not self.refuted

    def _hear(self, at: timedelta) -> None:
        if self._began is None or at - self._heard > _APART:
            self._began = at
        self._heard = at
        if at - self._began >= self._lasting:
            self.refuted = True
