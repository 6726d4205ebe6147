"""Dates input that its source has stamped on a clock of its own; pure."""

from datetime import timedelta

_NOTHING = timedelta(0)


def dated(age: timedelta, now: timedelta, since: timedelta) -> timedelta:
    """When the input came (awake clock) that was not there yet at `since` and is at `now`.

    `age` is what the source's clock makes of it. That clock may have been set, may have wrapped, and may
    go on in sleep, so it is believed only within what is known anyway.
    """
    return now - min(max(age, _NOTHING), now - since)
