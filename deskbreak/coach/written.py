"""An exercise as an entry of the data again, ready to be put into a file of one's own; pure."""

from datetime import timedelta

from deskbreak.coach.exercise import CANVAS, Dose, Exercise, Figure, Pose


def entry(exercise: Exercise) -> dict[str, object]:
    """What `entries.exercise` reads as this exercise, as JSON knows it and in the order of the data."""
    written: dict[str, object] = {
        "id": exercise.id,
        "name": exercise.name,
        "family": exercise.family.value,
        "muscles": list(exercise.muscles),
        "level": exercise.level.value,
        "place": exercise.place.value,
        "needs_floor": exercise.needs_floor,
        "quiet": exercise.quiet,
        "discreet": exercise.discreet,
        "needs": list(exercise.needs),
        "dose": _dose(exercise.dose),
        "steps": list(exercise.steps),
        "cue": exercise.cue,
        "mistakes": list(exercise.mistakes),
        "cautions": list(exercise.cautions),
        "easier": exercise.easier,
        "harder": exercise.harder,
        "sources": list(exercise.sources),
    }
    if exercise.figure is not None:
        written["figure"] = _figure(exercise.figure)
    return written


def _dose(dose: Dose) -> dict[str, object]:
    written: dict[str, object] = {
        "sets": dose.sets,
        "reps": dose.reps,
        "hold_s": _seconds(dose.hold),
        "rest_s": _seconds(dose.rest),
        "per_side": dose.per_side,
        "total_s": _seconds(dose.total),
    }
    if dose.tempo:
        written["tempo"] = dose.tempo
    if dose.beats is not None:
        written["tempo_bpm"] = dose.beats
    return written


def _figure(figure: Figure) -> dict[str, object]:
    written: dict[str, object] = {
        "view": figure.view.value,
        "viewbox": list(CANVAS),
        "props": list(figure.props),
        "start": _pose(figure.start),
        "end": _pose(figure.end),
    }
    if figure.note:
        written["note"] = figure.note
    return written


def _pose(pose: Pose) -> dict[str, list[float]]:
    return {joint: list(point) for joint, point in pose.joints.items()}


def _seconds(length: timedelta) -> float:
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
