"""The guide to one exercise as a page that stands alone: no network, no server, all that is said escaped."""

from collections.abc import Iterator
from itertools import zip_longest

from deskbreak.coach.exercise import Exercise
from deskbreak.coach.library import Library
from deskbreak.report.course import Kind, Stage, course
from deskbreak.report.markup import listed, paragraph, said, section
from deskbreak.report.plan import Planned, plan, planned, tempo
from deskbreak.report.player import SCRIPTS, STYLES, player, safety
from deskbreak.report.sheet import sheet
from deskbreak.words import _
from deskbreak.words.exercises import dose_in_full, family, place
from deskbreak.words.safety import DISCLAIMER


def guide(exercise: Exercise, library: Library) -> str:
    """The page, for a file of UTF-8; `library` names what is easier and harder."""
    body = (
        f"{_header(exercise)}<main>\n{player([exercise], '', '', exercise.dose.beats is not None)}"
        f'<div class="words">\n{"".join(_words(exercise, library))}</div>\n</main>\n'
        f"<footer>{paragraph(DISCLAIMER)}</footer>\n"
    )
    return sheet(exercise.name, body, STYLES, SCRIPTS, plan(_stages(exercise)))


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
    yield safety()


def _stages(exercise: Exercise) -> Iterator[Planned]:
    stages = course(exercise)
    for stage, after in zip_longest(stages, stages[1:]):
        label = _label(exercise, stage)
        if after is not None and stage.kind not in (Kind.WORK, Kind.SLOWLY):
            label = _("{now}. Next: {then}").format(now=label, then=_label(exercise, after))
        yield planned(stage, label, label)


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
        return tempo(stage.beats)
    parts = []
    if exercise.dose.sets > 1:
        parts.append(_("Set {number} of {count}").format(number=stage.number, count=exercise.dose.sets))
    if stage.side:
        parts.append(_("first side") if stage.side == 1 else _("second side"))
    if stage.in_turn:
        parts.append(_("change sides each time"))
    label = ", ".join(parts) or _(exercise.name)
    return label[:1].upper() + label[1:]
