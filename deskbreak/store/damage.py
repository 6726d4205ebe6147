"""How it is said that damaged rows were left out: logged by each reading, or gathered and said once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from deskbreak.words import ngettext

_Row = tuple[str, object]

_gathered: set[_Row] | None = None


class LeftOut:
    """The damaged rows that were met, each counted once, however often it was read."""

    def __init__(self, met: set[_Row]) -> None:
        self._met = met

    def sentence(self) -> str | None:
        """What to say of them; None: there were none."""
        return _sentence(len(self._met)) if self._met else None


@contextmanager
def gathered() -> Iterator[LeftOut]:
    """Within it nothing is logged of damaged rows, since somebody says it in the end."""
    global _gathered
    _gathered = set()
    try:
        yield LeftOut(_gathered)
    finally:
        _gathered = None


def leave_out(table: str, keys: Iterable[object]) -> None:
    """One reading of `table` met damaged rows; the first cell that was read of each is its key."""
    rows = {(table, key) for key in keys}
    if _gathered is not None:
        _gathered.update(rows)
    elif rows:
        # Hardly any reading has to warn, and logging takes a while to load.
        import logging

        logging.getLogger(__name__).warning("%s", _sentence(len(rows)))


def _sentence(number: int) -> str:
    return ngettext(
        "{number} damaged row of the log is left out; deskbreak check names it",
        "{number} damaged rows of the log are left out; deskbreak check names them",
        number,
    ).format(number=number)
