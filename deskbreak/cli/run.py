"""`deskbreak run`: the daemon, in the foreground, until it is told to quit."""

from argparse import ArgumentParser, Namespace


def arguments(_parser: ArgumentParser, _name: str) -> None:
    """None."""


def run(_args: Namespace) -> int:
    from deskbreak.app import run as start

    return start()
