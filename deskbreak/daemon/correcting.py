"""Takes the person's word about a past time: looks up what the log has of it, asks back, or refuses."""

from dataclasses import dataclass
from datetime import timedelta

from deskbreak.core import naming
from deskbreak.core.correcting import Unbooked, spoken, unbooked
from deskbreak.core.postures import Correction, Stamp, Word
from deskbreak.daemon.loop import Loop
from deskbreak.daemon.past import in_force, look_up, named
from deskbreak.ports import Was
from deskbreak.words import _, sentences
from deskbreak.words import correcting as words

# Before the last reset: nobody sits for longer without one.
_RECENT = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer. `asks`: nothing is noted yet, and what the person is to know before they say it again."""

    ok: bool
    says: str
    asks: tuple[str, ...] = ()


def correct(loop: Loop, now: Stamp, word: Word, sure: bool) -> Heard:
    """`sure`: the person was asked."""
    if loop.unsaved:
        return _unwritten(loop)
    so_far = unbooked(loop.state, now, loop.rules)
    found = look_up(word, loop.world.log, so_far.rows, now)
    if isinstance(found, str):
        return Heard(False, found)
    asks = words.doubts(word, found, now)
    if asks and not sure:
        return Heard(False, " ".join(asks), asks)
    return _tell(loop, now, found.corrections, so_far)


def was(loop: Loop, now: Stamp, said: Was) -> Heard:
    """The word of a row of the menu, which knows the elapsed clock and no names."""
    if loop.unsaved:
        return _unwritten(loop)
    namings = loop.state.namings
    correction = Correction(
        said.began,
        said.ended - said.began,
        naming.wall(namings, said.began),
        naming.in_force(namings, said.began).offset(said.began),
        said.posture,
        now.wall,
    )
    return _tell(loop, now, (correction,), unbooked(loop.state, now, loop.rules))


def take_back(loop: Loop, now: Stamp, number: int) -> Heard:
    """The correction of this number is in force no more."""
    if loop.unsaved:
        return _unwritten(loop)
    found = named(loop.world.log, number)
    if isinstance(found, str):
        return Heard(False, found)
    return _tell(loop, now, (), unbooked(loop.state, now, loop.rules), (found,))


def _tell(
    loop: Loop,
    now: Stamp,
    said: tuple[Correction, ...],
    so_far: Unbooked,
    unsaid: tuple[Correction, ...] = (),
) -> Heard:
    log = loop.world.log
    recent = tuple(log.stretches(now.wall - _RECENT, now.wall + _RECENT))
    event = spoken(said, unsaid, recent, in_force(log), so_far, loop.rules)
    loop.tell(now, event)
    done = words.noted(said, now) if said else words.taken_back(unsaid[0], now)
    # What the count is now is news only where it was changed.
    news = () if event.course is None else (sentences.posture(loop.view(now), now),)
    return Heard(True, " ".join((done, *news)))


def _unwritten(loop: Loop) -> Heard:
    return Heard(False, _("history is not being saved: {why}").format(why=loop.write_fault or ""))
