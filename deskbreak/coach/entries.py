"""One entry of the data, as JSON gave it, turned into an exercise or into what is wrong with it; pure."""

import json
import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from deskbreak.coach.exercise import JOINTS, Dose, Exercise, Family, Figure, Level, Place, Pose, View
from deskbreak.coach.kinds import (
    Canvas,
    Field,
    Fields,
    Flag,
    Flaw,
    Id,
    Joint,
    Missing,
    NotAllowed,
    Number,
    OneOf,
    Refused,
    Text,
    Texts,
    Whole,
)

_HEADING = 40
_LINE = 200
_PARAGRAPH = 400
_LONGEST_S = 2 * 60 * 60
# Longer than any number that is meant. Python would refuse the whole text for one of thousands of digits.
_LONGEST_NUMBER = 40

_ALWAYS_DRAWN = frozenset({"head", "neck", "hip", "kneeN", "ankleN", "elbowN", "handN"})
# Nothing is drawn to a joint without the one before it, nor half a limb.
_GO_WITH = (
    ("hipN", "hipF"),
    ("hipF", "hipN"),
    ("kneeF", "ankleF"),
    ("ankleF", "kneeF"),
    ("toeF", "ankleF"),
    ("elbowF", "handF"),
    ("handF", "elbowF"),
)

_POSE = Fields({joint: Field(Joint(), joint in _ALWAYS_DRAWN) for joint in JOINTS})
_FIGURE = Fields(
    {
        "view": Field(OneOf(View), needed=True),
        "viewbox": Field(Canvas()),
        "props": Field(Texts(_LINE)),
        "start": Field(_POSE, needed=True),
        "end": Field(_POSE, needed=True),
        "note": Field(Text(_PARAGRAPH)),
    }
)
_DOSE = Fields(
    {
        "sets": Field(Whole(1, 20)),
        "reps": Field(Whole(1, 500)),
        "hold_s": Field(Number(0, _LONGEST_S)),
        "rest_s": Field(Number(0, _LONGEST_S)),
        "per_side": Field(Flag()),
        "total_s": Field(Number(1, _LONGEST_S), needed=True),
        "tempo": Field(Text(_LINE)),
        "tempo_bpm": Field(Whole(30, 180)),
    }
)
ENTRY = Fields(
    {
        "id": Field(Id(), needed=True),
        "name": Field(Text(_HEADING), needed=True),
        "family": Field(OneOf(Family), needed=True),
        "level": Field(OneOf(Level), needed=True),
        "place": Field(OneOf(Place), needed=True),
        "needs_floor": Field(Flag()),
        "quiet": Field(Flag()),
        "discreet": Field(Flag()),
        "dose": Field(_DOSE, needed=True),
        "cue": Field(Text(_LINE), needed=True),
        "steps": Field(Texts(_PARAGRAPH, least=1), needed=True),
        "mistakes": Field(Texts(_LINE)),
        "cautions": Field(Texts(_PARAGRAPH)),
        "muscles": Field(Texts(_LINE)),
        "needs": Field(Texts(_LINE)),
        "sources": Field(Texts(_PARAGRAPH)),
        "easier": Field(Id()),
        "harder": Field(Id()),
        "figure": Field(_FIGURE),
        "hidden": Field(Flag()),
    }
)
HIDING = Fields({"id": Field(Id(), needed=True), "hidden": Field(Flag(), needed=True)})


def decoded(text: str) -> object:
    """What the JSON says; a number beyond all measure is infinite, which no field takes.

    Raises `ValueError` for what is no JSON, `RecursionError` for what is nested without end.
    """
    return json.loads(text, parse_int=_whole)


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else math.inf


def exercise(entry: object) -> Exercise:
    """The exercise that the entry describes; raises `Refused` with every flaw in it.

    What is left out is taken to be as careful as can be: not quiet, not discreet, once, for the time
    given, and on the floor if the body is there.
    """
    read = ENTRY.read(entry)
    read.pop("hidden", None)
    place: Place = read["place"]
    floor = place is Place.FLOOR or read.pop("needs_floor", False)
    read.pop("needs_floor", None)
    dose, figure = _dose(read.pop("dose")), read.pop("figure", None)
    return Exercise(
        needs_floor=floor,
        quiet=read.pop("quiet", False),
        discreet=read.pop("discreet", False),
        dose=dose,
        figure=None if figure is None else _figure(figure),
        **read,
    )


def _dose(read: Mapping[str, Any]) -> Dose:
    hold, total = read.get("hold_s", 0), read["total_s"]
    if total < hold:
        allowed = Number(hold, _LONGEST_S)
        raise Refused(Flaw("dose.total_s", NotAllowed(allowed, total)))
    return Dose(
        sets=read.get("sets", 1),
        reps=read.get("reps", 1),
        hold=timedelta(seconds=hold),
        per_side=read.get("per_side", False),
        total=timedelta(seconds=total),
        rest=timedelta(seconds=read.get("rest_s", 0)),
        tempo=read.get("tempo", ""),
        beats=read.get("tempo_bpm"),
    )


def _figure(read: Mapping[str, Any]) -> Figure:
    return Figure(
        view=read["view"],
        start=_pose("start", read["start"]),
        end=_pose("end", read["end"]),
        props=read.get("props", ()),
        note=read.get("note", ""),
    )


def _pose(which: str, read: Mapping[str, Any]) -> Pose:
    for joint, other in _GO_WITH:
        if joint in read and other not in read:
            raise Refused(Flaw(f"figure.{which}.{other}", Missing(Joint())))
    return Pose(**{JOINTS[joint]: point for joint, point in read.items()})
