"""The day in one sentence: a fact, without blame and without a promise."""

from deskbreak.core.events import Summed
from deskbreak.words import _, ngettext
from deskbreak.words.durations import duration

Text = tuple[str, str]


def text(summed: Summed) -> Text:
    """Title and body of the card."""
    return _("Your day at the desk"), sentence(summed)


def sentence(summed: Summed) -> str:
    """`5 h 12 min of sitting, 7 breaks, and 52 min in the longest stretch.`"""
    sitting, longest = duration(summed.sitting), duration(summed.longest)
    if not summed.breaks:
        return _("{sitting} of sitting, {longest} of it in the longest stretch.").format(
            sitting=sitting, longest=longest
        )
    line = ngettext(
        "{sitting} of sitting, {breaks} break, and {longest} in the longest stretch.",
        "{sitting} of sitting, {breaks} breaks, and {longest} in the longest stretch.",
        summed.breaks,
    )
    return line.format(sitting=sitting, breaks=summed.breaks, longest=longest)
