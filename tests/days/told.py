"""Reads a told day: what the person and the desktop do, and the settings it begins with."""

import re
from dataclasses import dataclass
from datetime import time, timedelta

_ACT = re.compile(r"(\d\d):(\d\d):(\d\d)  (.+)")
_OFFERED = "offered: "
_REMARK = re.compile(r"\s+\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens at a moment of the local day; `line` is how the story tells it."""

    at: timedelta
    what: str
    line: str


@dataclass(frozen=True, slots=True)
class Story:
    """`preface` are the lines of `text` before the first act, `offers` the ids of what the coach chooses."""

    text: str
    preface: tuple[str, ...]
    settings: str
    offers: tuple[str, ...]
    acts: tuple[Act, ...]


def read(text: str) -> Story:
    """The story in `text`.

    A line that begins with a time is an act; a remark in brackets at its end is for the reader alone.
    Lines that are indented tell what the program does, and are what the day is compared with.
    Before the first act, a line like `    sit_limit = "20m"` is a setting, and one like
    `    offered: hip-hinge, calf-raise` the ids of the exercises that are offered, in turn.
    """
    lines = text.rstrip("\n").split("\n")
    first = next(number for number, line in enumerate(lines) if _ACT.fullmatch(line))
    acts: list[Act] = []
    for line in lines[first:]:
        found = _ACT.fullmatch(line)
        if found is None:
            assert line.startswith(" ") or not line, f"neither an act nor an answer to one: {line!r}"
            continue
        hours, minutes, seconds, what = found.groups()
        at = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
        assert not acts or at >= acts[-1].at, f"out of order: {line!r}"
        acts.append(Act(at, _REMARK.sub("", what), line))
    given = [line.strip() for line in lines[:first] if line.startswith("    ")]
    settings = [line for line in given if not line.startswith(_OFFERED)]
    offers = [id_ for line in given if line.startswith(_OFFERED) for id_ in line[len(_OFFERED) :].split(", ")]
    return Story(text.rstrip("\n"), tuple(lines[:first]), "\n".join(settings), tuple(offers), tuple(acts))


def clock(at: timedelta) -> str:
    """`09:31:18`, cut to the second."""
    whole = int(at.total_seconds())
    return time(whole // 3600, whole // 60 % 60, whole % 60).isoformat()


def length(span: timedelta) -> str:
    """`31:18` or `1:05:10`, to the nearest second."""
    whole = round(span.total_seconds())
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
