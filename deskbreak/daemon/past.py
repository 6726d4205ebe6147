"""What of the log the person's word about a past time is about; it looks only, and changes nothing."""

from collections.abc import Sequence

from deskbreak.core.corrected import corrected
from deskbreak.core.correcting import About, about
from deskbreak.core.postures import Correction, Row, Stamp, Word
from deskbreak.ports import Log
from deskbreak.words import correcting as words


def look_up(word: Word, log: Log, unbooked: Sequence[Row], now: Stamp) -> About | str:
    """What the word comes to, or why it can be about nothing; `unbooked` is what the log has not got yet."""
    end = word.end or now.wall
    if end > now.wall or word.start >= now.wall:
        return words.to_come(max(word.start, end), now)
    if word.start >= end:
        return words.reversed_span(word.start, end, now)
    rows = (*log.stretches(word.start, end), *unbooked)
    found = about(word, corrected(rows, in_force(log)), now.wall)
    return found if found.corrections else words.no_record(word, now)


def in_force(log: Log) -> tuple[Correction, ...]:
    """All corrections that hold, in the order they were said."""
    return tuple(each.correction for each in log.said() if not each.undone)


def named(log: Log, number: int) -> Correction | str:
    """The correction of this number, or why it cannot be taken back."""
    for each in log.said():
        if each.number == number:
            return words.already_taken_back(number) if each.undone else each.correction
    return words.no_such_number(number)
