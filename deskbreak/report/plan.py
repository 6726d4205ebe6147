"""What the script of a guided page goes by, as values that JSON can say."""

from collections.abc import Iterable
from datetime import timedelta

from deskbreak.report.course import Kind, Stage
from deskbreak.words import _
from deskbreak.words.exercises import each_side

_MS = timedelta(milliseconds=1)
_SLOWLY = timedelta(seconds=3)
"""How long the figure takes to and fro where the beat has not begun."""

Planned = dict[str, object]


def plan(stages: Iterable[Planned], steps: Iterable[Planned] = (), done: str = "") -> Planned:
    """All of it; `steps` are those of a sequence, and `done` is what remains to be said once it is over."""
    return {
        "stages": list(stages),
        "steps": list(steps),
        "words": {
            "start": _("Start"),
            "pause": _("Pause"),
            "resume": _("Go on"),
            "again": _("Once more"),
            "paused": _("Paused."),
            "done": _("Done"),
            "over": done,
            "of": _("of {count}"),
        },
    }


def planned(stage: Stage, label: str, said: str, step: int = 0, shows: bool = False) -> Planned:
    """A stage called `label` on the screen and `said` to a screen reader.

    `shows`: meanwhile the figure shows once what comes next.
    """
    work = stage.kind in (Kind.WORK, Kind.SLOWLY)
    counted = stage.kind is Kind.WORK and stage.reps > 1
    return {
        "label": label,
        "said": said,
        "step": step,
        "work": work,
        "shows": shows,
        "ms": round(stage.length / _MS),
        "reps": stage.reps,
        "each": (_SLOWLY if stage.kind is Kind.SLOWLY else stage.each) / _MS,
        "counted": counted,
        "unit": (_("beats") if stage.beats is not None else _("repetitions")) if counted else "",
        "hold": round(stage.hold / _MS),
        "motion": stage.motion.value,
        "beat": stage.beats is not None,
    }


def tempo(beats: int) -> str:
    """A tempo in words. Runners who say 90 mean one leg: the number is never said alone."""
    return _("{beats} beats a minute, {each} each side").format(beats=beats, each=each_side(beats))
