"""What runs the time of a guided page: figures, counts and buttons, and what is said for safety below."""

from collections.abc import Iterable

from deskbreak.coach.exercise import Exercise
from deskbreak.report.markup import listed, paragraph, said
from deskbreak.report.vector import moving, still
from deskbreak.words import _
from deskbreak.words.safety import AFTERWARDS, EVERYDAY, RED_FLAGS, STOP, STOP_SIGNS

STYLES = ("player.css",)
SCRIPTS = ("metronome.js", "player.js")
_MOMENTS = 17


def player(exercises: Iterable[Exercise], heading: str, whole: str, beaten: bool) -> str:
    """The figures of these, the first one shown, and below them what the script brings to life.

    `heading` and `whole` are markup above the counts and below the bar; `beaten`: a dot keeps the beat.
    """
    figures = "".join(_figure(each, hidden=n > 0) for n, each in enumerate(exercises))
    return (
        f'<section class="player" aria-label="{said(_("Do it now"))}">\n{figures}'
        f'<div class="live" id="live" hidden>\n<div class="doing">\n{heading}'
        '<p class="stage" id="stage"></p>\n</div>\n'
        '<div class="numbers"><p class="count"><span id="count"></span> <span class="unit" id="unit"></span>'
        '</p><p class="left"><span id="left" role="timer"></span> '
        f'<span class="unit">{said(_("left"))}</span></p></div>\n'
        f'<div class="segments" id="segments" aria-hidden="true"></div>\n{whole}{_beat() if beaten else ""}'
        '<div class="buttons"><button type="button" class="go" id="go"></button>'
        f'<button type="button" id="reset">{said(_("Start over"))}</button>'
        f'<button type="button" id="sound" aria-pressed="false">{said(_("Sound"))}</button></div>\n'
        f'<p class="keys">{_keys()}</p>\n'
        '<p class="unseen" id="said" role="status"></p>\n</div>\n</section>\n'
    )


def safety() -> str:
    """When to stop at once, and one step further when to get help."""
    flags = "".join(f"<dt>{said(who)}</dt><dd>{said(what)}</dd>" for who, what in RED_FLAGS)
    return (
        f'<section class="stop" id="stop">\n<h2>{said(STOP)}</h2>\n{listed("ul", STOP_SIGNS)}'
        f"{paragraph(AFTERWARDS)}<h2>{said(_('Every time'))}</h2>\n{listed('ul', EVERYDAY)}"
        f"<details><summary>{said(_('When to get help, and from whom'))}</summary><dl>{flags}</dl></details>"
        "\n</section>\n"
    )


def _figure(exercise: Exercise, hidden: bool) -> str:
    """One that moves once there is a script, and else is a picture; empty where there is none."""
    pictures = (
        f'<div class="still">{still(exercise, exercise.name, exercise.cue)}</div>'
        f'<div class="moving" hidden>{moving(exercise, exercise.name, exercise.cue, _MOMENTS)}</div>'
        if exercise.figure is not None
        else ""
    )
    return f'<div class="figure"{" hidden" if hidden else ""}>{pictures}</div>\n'


def _beat() -> str:
    return (
        f'<div class="beat" id="beat" aria-hidden="true"><span>{said(_("left"))}</span>'
        '<span class="track"><span class="carrier" id="carrier"><span class="dot"></span></span></span>'
        f"<span>{said(_('right'))}</span></div>\n"
    )


def _keys() -> str:
    keys = said(_("{space} starts and pauses, {escape} starts over."))
    return keys.format(space="<kbd>Space</kbd>", escape="<kbd>Esc</kbd>")
