"""What is believed of a word that nobody takes back: later input contradicts it; pure."""

from datetime import timedelta


class Belief:
    """Believes a claim until it is withdrawn, or until there is input more than `grace` after it was made.

    Lockers and login services may never say that the screen is unlocked or the machine awake again.
    """

    def __init__(self, grace: timedelta) -> None:
        self._grace = grace
        self._claim: object | None = None
        self._since = timedelta(0)
        self._refuted = False

    def holds(self, claim: object | None, idle: timedelta | None, awake: timedelta) -> bool:
        """Whether `claim` (None: withdrawn; another object: made anew) is still to be believed at `awake`."""
        if claim is not self._claim:
            self._claim, self._since, self._refuted = claim, awake, False
        if idle is not None and awake - idle > self._since + self._grace:
            self._refuted = True
        return claim is not None and not self._refuted
