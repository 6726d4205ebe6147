"""Programs that hold something, each by all the names that it goes by (in small letters); pure."""

from collections.abc import Collection, Iterable

from deskbreak.words import _

Program = frozenset[str]


def program(names: Iterable[str]) -> Program:
    return frozenset(name.casefold() for name in names if name)


def any_but(ignored: Collection[str], programs: Collection[Program]) -> bool:
    """Whether there is one that is `ignored` by none of its names."""
    names = program(ignored)
    return any(names.isdisjoint(each) for each in programs)


def told(programs: Collection[Program]) -> str:
    """One name of each, for the person."""
    return ", ".join(sorted({min(names, default=_("a program")) for names in programs}))
