"""The one error whose message is meant for the person at the desk."""


class DeskbreakError(Exception):
    """Something the person can act on: the message says what, where and how to mend it, in one line."""
