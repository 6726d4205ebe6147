"""The guide to one exercise as a page that stands alone: no network, no server, all that is said escaped."""

from collections.abc import Iterator
from datetime import timedelta

from deskbreak.coach.exercise import Exercise
from deskbreak.coach.library import Library
from deskbreak.report.course import Kind, Stage, course
from deskbreak.report.markup import listed, paragraph, said, section
from deskbreak.report.sheet import sheet
from deskbreak.report.vector import moving, still
from deskbreak.words import _
from deskbreak.words.exercises import dose_in_full, family, place
from deskbreak.words.safety import AFTERWARDS, DISCLAIMER, RED_FLAGS, STOP, STOP_SIGNS

_MOMENTS = 17
_MS = timedelta(milliseconds=1)
_SLOWLY = timedelta(seconds=3)
"""How long the figure takes to and fro where the beat has not begun."""


def guide(exercise: Exercise, library: Library) -> str:
    """The page, for a file of UTF-8; `library` names what is easier and harder."""
    body = (
        f"{_header(exercise)}"
        f'<main>\n{_player(exercise)}<div class="words">\n{"".join(_words(exercise, library))}</div>\n'
        f"</main>\n<footer>{paragraph(DISCLAIMER)}</footer>\n"
    )
    return sheet(exercise.name, body, ["player.css"], ["player.js"], _plan(exercise))


def _header(exercise: Exercise) -> str:
    kinds = " · ".join(
        (
            family(exercise.family),
            _("level {level}").format(level=exercise.level.value),
            place(exercise.place),
        )
    )
    return (
        f'<header>\n<p class="kinds">{said(kinds)}</p>\n<h1>{said(exercise.name)}</h1>\n'
        f'<p class="dose">{said(dose_in_full(exercise))}</p>\n</header>\n'
    )


def _player(exercise: Exercise) -> str:
    """The figure, and below it what the script brings to life; without the script it is a picture."""
    drawn = exercise.figure is not None
    figures = (
        f'<div class="figure"><div class="still">{still(exercise, exercise.name, exercise.cue)}</div>'
        f'<div class="moving" hidden>{moving(exercise, exercise.name, exercise.cue, _MOMENTS)}</div></div>\n'
        if drawn
        else ""
    )
    beat = (
        f'<div class="beat" aria-hidden="true"><span>{said(_("left"))}</span>'
        '<span class="track"><span class="carrier" id="carrier"><span class="dot"></span></span></span>'
        f"<span>{said(_('right'))}</span></div>\n"
        if exercise.dose.beats is not None
        else ""
    )
    return (
        f'<section class="player" aria-label="{said(_("Do it now"))}">\n{figures}'
        '<div class="live" id="live" hidden>\n'
        '<p class="stage" id="stage"></p>\n'
        '<div class="numbers"><p class="count"><span id="count"></span> <span class="unit" id="unit"></span>'
        '</p><p class="left"><span id="left" role="timer"></span> '
        f'<span class="unit">{said(_("left"))}</span></p></div>\n'
        f'<div class="segments" id="segments" aria-hidden="true"></div>\n{beat}'
        '<div class="buttons"><button type="button" class="go" id="go"></button>'
        f'<button type="button" id="reset">{said(_("Start over"))}</button>'
        f'<button type="button" id="sound" aria-pressed="false">{said(_("Sound"))}</button></div>\n'
        f'<p class="keys">{_keys()}</p>\n'
        '<p class="unseen" id="said" role="status"></p>\n</div>\n</section>\n'
    )


def _keys() -> str:
    keys = said(_("{space} starts and pauses, {escape} starts over."))
    return keys.format(space="<kbd>Space</kbd>", escape="<kbd>Esc</kbd>")


def _words(exercise: Exercise, library: Library) -> Iterator[str]:
    yield f'<p class="cue">{said(exercise.cue)}</p>\n'
    yield section(_("Steps"), listed("ol", map(_, exercise.steps)))
    if exercise.mistakes:
        yield section(_("Avoid"), listed("ul", map(_, exercise.mistakes)))
    if exercise.cautions:
        yield section(_("Take care"), listed("ul", map(_, exercise.cautions)))
    around = (
        (_("Easier"), [library.known[exercise.easier].name] if exercise.easier else []),
        (_("Harder"), [library.known[exercise.harder].name] if exercise.harder else []),
        (_("Trains"), exercise.muscles),
        (_("Needs"), exercise.needs),
    )
    rows = "".join(
        f"<div><dt>{said(label)}</dt><dd>{said(', '.join(map(_, texts)))}</dd></div>"
        for label, texts in around
        if texts
    )
    if rows:
        yield f'<dl class="around">{rows}</dl>\n'
    yield _safety()


def _safety() -> str:
    flags = "".join(f"<dt>{said(who)}</dt><dd>{said(what)}</dd>" for who, what in RED_FLAGS)
    return (
        f'<section class="stop">\n<h2>{said(STOP)}</h2>\n{listed("ul", STOP_SIGNS)}{paragraph(AFTERWARDS)}'
        f"<details><summary>{said(_('When to get help, and from whom'))}</summary><dl>{flags}</dl></details>"
        "\n</section>\n"
    )


def _plan(exercise: Exercise) -> dict[str, object]:
    """What the script goes by."""
    return {
        "stages": [_stage(exercise, stage) for stage in course(exercise)],
        "words": {
            "start": _("Start"),
            "pause": _("Pause"),
            "resume": _("Go on"),
            "again": _("Once more"),
            "started": _("Started."),
            "paused": _("Paused."),
            "done": _("Done"),
            "next": _("Next:"),
            "of": _("of {count}"),
        },
    }


def _stage(exercise: Exercise, stage: Stage) -> dict[str, object]:
    counted = stage.kind is Kind.WORK and stage.reps > 1
    return {
        "label": _label(exercise, stage),
        "work": stage.kind in (Kind.WORK, Kind.SLOWLY),
        "ms": round(stage.length / _MS),
        "reps": stage.reps,
        "each": (_SLOWLY if stage.kind is Kind.SLOWLY else stage.each) / _MS,
        "counted": counted,
        "unit": (_("beats") if stage.beats is not None else _("repetitions")) if counted else "",
        "hold": round(stage.hold / _MS),
        "motion": stage.motion.value,
        "beat": stage.beats is not None,
    }


def _label(exercise: Exercise, stage: Stage) -> str:
    match stage.kind:
        case Kind.READY:
            return _("Get ready")
        case Kind.SLOWLY:
            return _("Slowly first, without a beat")
        case Kind.REST:
            return _("Rest")
        case Kind.CHANGE:
            return _("Change sides")
        case Kind.WORK:
            return _working(exercise, stage)


def _working(exercise: Exercise, stage: Stage) -> str:
    if stage.beats is not None:
        return _("{beats} beats a minute, {each} each side").format(beats=stage.beats, each=stage.beats // 2)
    parts = []
    if exercise.dose.sets > 1:
        parts.append(_("Set {number} of {count}").format(number=stage.number, count=exercise.dose.sets))
    if stage.side:
        parts.append(_("first side") if stage.side == 1 else _("second side"))
    if stage.in_turn:
        parts.append(_("change sides each time"))
    label = ", ".join(parts) or _(exercise.name)
    return label[:1].upper() + label[1:]
