"""The guide to one exercise as a page that stands alone: no network, no server, all that is said escaped."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import timedelta
from hashlib import sha256
from html import escape
from importlib.resources import files

from deskbreak.coach.drawing.colours import Theme
from deskbreak.coach.exercise import Exercise
from deskbreak.coach.library import Library
from deskbreak.report.course import Kind, Stage, course
from deskbreak.report.vector import colours, moving, still
from deskbreak.words import _
from deskbreak.words.exercises import dose_in_full, family, place
from deskbreak.words.safety import AFTERWARDS, DISCLAIMER, RED_FLAGS, STOP, STOP_SIGNS

_MOMENTS = 17
_MS = timedelta(milliseconds=1)
_SLOWLY = timedelta(seconds=3)
"""How long the figure takes to and fro where the beat has not begun."""


def guide(exercise: Exercise, library: Library) -> str:
    """The page, for a file of UTF-8; `library` names what is easier and harder.

    It runs by its own script and style alone: its content security policy allows these two by their hash
    (CSP Level 3, section 2.3.1) and nothing else.
    """
    style, script = _style(), _asset("guide.js")
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta http-equiv="Content-Security-Policy" content="',
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; ",
            "base-uri 'none'; form-action 'none'\">\n",
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n',
            '<meta name="referrer" content="no-referrer">\n',
            f"<title>{_said(exercise.name)} · deskbreak</title>\n<style>{style}</style>\n</head>\n<body>\n",
            _header(exercise),
            f'<main>\n{_player(exercise)}<div class="words">\n{"".join(_words(exercise, library))}</div>\n',
            f"</main>\n<footer>{_paragraph(DISCLAIMER)}</footer>\n",
            f'<script type="application/json" id="plan">{_plan(exercise)}</script>\n',
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    )


def _style() -> str:
    light, dark = colours(Theme.LIGHT), colours(Theme.DARK)
    figures = (
        f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )
    return figures + _asset("guide.css")


def _asset(name: str) -> str:
    return files("deskbreak.report").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _header(exercise: Exercise) -> str:
    kinds = " · ".join(
        (
            family(exercise.family),
            _("level {level}").format(level=exercise.level.value),
            place(exercise.place),
        )
    )
    return (
        f'<header>\n<p class="kinds">{_said(kinds)}</p>\n<h1>{_said(exercise.name)}</h1>\n'
        f'<p class="dose">{_said(dose_in_full(exercise))}</p>\n</header>\n'
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
        f'<div class="beat" aria-hidden="true"><span>{_said(_("left"))}</span>'
        '<span class="track"><span class="carrier" id="carrier"><span class="dot"></span></span></span>'
        f"<span>{_said(_('right'))}</span></div>\n"
        if exercise.dose.beats is not None
        else ""
    )
    return (
        f'<section class="player" aria-label="{_said(_("Do it now"))}">\n{figures}'
        '<div class="live" id="live" hidden>\n'
        '<p class="stage" id="stage"></p>\n'
        '<div class="numbers"><p class="count"><span id="count"></span> <span class="unit" id="unit"></span>'
        '</p><p class="left"><span id="left" role="timer"></span> '
        f'<span class="unit">{_said(_("left"))}</span></p></div>\n'
        f'<div class="segments" id="segments" aria-hidden="true"></div>\n{beat}'
        '<div class="buttons"><button type="button" class="go" id="go"></button>'
        f'<button type="button" id="reset">{_said(_("Start over"))}</button>'
        f'<button type="button" id="sound" aria-pressed="false">{_said(_("Sound"))}</button></div>\n'
        f'<p class="keys">{_keys()}</p>\n'
        '<p class="unseen" id="said" role="status"></p>\n</div>\n</section>\n'
    )


def _keys() -> str:
    said = _said(_("{space} starts and pauses, {escape} starts over."))
    return said.format(space="<kbd>Space</kbd>", escape="<kbd>Esc</kbd>")


def _words(exercise: Exercise, library: Library) -> Iterator[str]:
    yield f'<p class="cue">{_said(exercise.cue)}</p>\n'
    yield _section(_("Steps"), _list("ol", exercise.steps))
    if exercise.mistakes:
        yield _section(_("Avoid"), _list("ul", exercise.mistakes))
    if exercise.cautions:
        yield _section(_("Take care"), _list("ul", exercise.cautions))
    around = (
        (_("Easier"), [library.known[exercise.easier].name] if exercise.easier else []),
        (_("Harder"), [library.known[exercise.harder].name] if exercise.harder else []),
        (_("Trains"), exercise.muscles),
        (_("Needs"), exercise.needs),
    )
    rows = "".join(
        f"<div><dt>{_said(label)}</dt><dd>{_said(', '.join(map(_, texts)))}</dd></div>"
        for label, texts in around
        if texts
    )
    if rows:
        yield f'<dl class="around">{rows}</dl>\n'
    yield _safety()


def _safety() -> str:
    flags = "".join(f"<dt>{_said(who)}</dt><dd>{_said(what)}</dd>" for who, what in RED_FLAGS)
    return (
        f'<section class="stop">\n<h2>{_said(STOP)}</h2>\n{_list("ul", STOP_SIGNS)}{_paragraph(AFTERWARDS)}'
        f"<details><summary>{_said(_('When to get help, and from whom'))}</summary><dl>{flags}</dl></details>"
        "\n</section>\n"
    )


def _section(heading: str, content: str) -> str:
    return f"<section>\n<h2>{_said(heading)}</h2>\n{content}</section>\n"


def _list(kind: str, texts: Iterable[str]) -> str:
    return f"<{kind}>{''.join(f'<li>{_said(_(text))}</li>' for text in texts)}</{kind}>\n"


def _paragraph(text: str) -> str:
    return f"<p>{_said(text)}</p>"


def _said(text: str) -> str:
    return escape(text, quote=True)


def _plan(exercise: Exercise) -> str:
    """What the script goes by, as JSON that cannot end the element it stands in."""
    stages = course(exercise)
    plan = {
        "stages": [_stage(exercise, stage) for stage in stages],
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
    return json.dumps(plan, separators=(",", ":")).replace("<", "\\u003c")


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
    said = ", ".join(parts) or _(exercise.name)
    return said[:1].upper() + said[1:]
