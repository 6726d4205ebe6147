"""Worked cases of the figures, from files of the form of tests/core/metrics_cases.json.

    python -m tests.metric_cases FILE...

prints a line a case, then how many passed and failed; exit status 1 if any failed. It works nothing out
itself: what it compares comes from `core.bouts`, `core.figures` and `core.measures`.
"""

import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial
from pathlib import Path

from deskbreak.core import figures
from deskbreak.core.bouts import sat_on
from deskbreak.core.measures import Measure, Value, measured
from deskbreak.core.totals import Bout
from tests.timelines import MINUTE, MalformedError, amount, bouts_of, is_number

WORKED = Path(__file__).parent / "core" / "metrics_cases.json"

# Relative; the second is for what was fitted (metrics.md section 4.4).
CLOSE = 1e-6
CLOSE_FITTED = 1e-4
# What the last printed digit of an expected number is worth.
NEAR_ZERO = 1e-9

# What the cases call by other words.
SAME = {
    "breaks": Measure.INTERRUPTIONS,
    "breaks_including_away": Measure.INTERRUPTIONS,
    "breaks_confirmed": Measure.CONFIRMED,
    "breaks_per_sitting_hour": Measure.INTERRUPTIONS_PER_HOUR,
    "sitting_min": Measure.TOTAL,
}
COV_OF_LOGS = re.compile(r"co?v(_of)?_(log|ln)s?(_\w+)?")
# n_ge30, time_ge30_min, share_ge30, with any number of minutes.
AT_LEAST = re.compile(r"(n_ge|share_ge)(\d{1,6})|(time_ge)(\d{1,6})_min")
PROLONGED: Mapping[str, Callable[[Sequence[timedelta], timedelta], object]] = {
    "n_ge": figures.prolonged,
    "time_ge": figures.time_prolonged,
    "share_ge": figures.share_prolonged,
}

Bouts = tuple[Bout, ...]


class UnknownError(Exception):
    """What is expected is no figure; the text is its key."""


def main(paths: Sequence[str]) -> int:
    """Checks these files; returns the exit status."""
    passed = failed = 0
    for path in paths or [str(WORKED)]:
        try:
            cases = read(Path(path))
        except MalformedError as wrong:
            print(f"FAILED {path}: {wrong}")
            failed += 1
            continue
        for number, case in enumerate(cases, 1):
            name, wrongs = check(case, number)
            print(f"FAILED {name}: {'; '.join(wrongs)}" if wrongs else f"ok {name}")
            passed, failed = passed + (not wrongs), failed + bool(wrongs)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def read(path: Path) -> Sequence[object]:
    """The cases of a file; raises MalformedError."""
    try:
        cases = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
    except OSError as refused:
        raise MalformedError(f"it cannot be read: {refused.strerror}") from None
    except RecursionError:
        raise MalformedError("it is not JSON: it is nested too deeply") from None
    except ValueError as wrong:
        raise MalformedError(f"it is not JSON: {wrong}") from None
    if not isinstance(cases, list):
        raise MalformedError("it is not a list of cases")
    if not cases:
        raise MalformedError("it holds no case")
    return cases


def _refuse(word: str) -> object:
    raise ValueError(f"{word} is no number")


def check(case: object, number: int) -> tuple[str, tuple[str, ...]]:
    """The name of a file's case, its `number`th, and what is wrong with it: nothing, if it passed."""
    name = f"case {number}"
    try:
        if not isinstance(case, dict):
            raise MalformedError("it is not an object")
        said = case.get("name")
        if not isinstance(said, str) or not said.strip():
            raise MalformedError("it has no name")
        name = said
        close = _tolerance(case)
        bouts = bouts_of(case)
        return name, tuple(
            f"{key} {wrong}"
            for key, wanted, figure in _expected(case.get("expected"), bouts)
            if (wrong := _wrong(key, wanted, figure, close))
        )
    except MalformedError as wrong:
        return name, (str(wrong),)


def _tolerance(case: Mapping[str, object]) -> float | None:
    said = case.get("tolerance")
    return None if said is None else amount(said, "tolerance")


def _expected(expected: object, bouts: Bouts) -> Iterator[tuple[str, object, Callable[[], object]]]:
    """What is expected of these bouts: the key, the value, and how to come by what there is."""
    for key, wanted in _entries(expected, "expected"):
        if key == "whole_bout_rule":
            yield from _expected_by_day(key, wanted, partial(_on_day, bouts))
        elif key == "split_at_midnight_rule":
            yield from _expected_by_day(key, wanted, partial(_of_pieces, tuple(_split(bouts))))
        else:
            yield key, wanted, partial(_figure, bouts, key)


def _expected_by_day(
    rule: str, expected: object, figure: Callable[[date, str], object]
) -> Iterator[tuple[str, object, Callable[[], object]]]:
    for key, days in _entries(expected, rule):
        for said, wanted in _entries(days, f"{rule}.{key}"):
            try:
                day = date.fromisoformat(said)
            except ValueError:
                raise MalformedError(f"{rule}.{key}: {said!r} is no day") from None
            yield f"{rule}.{key}.{said}", wanted, partial(figure, day, key)


def _entries(said: object, where: str) -> Iterator[tuple[str, object]]:
    if not isinstance(said, dict) or not said:
        raise MalformedError(f"{where}: there is nothing in it")
    yield from said.items()


def _wrong(key: str, wanted: object, figure: Callable[[], object], tolerance: float | None) -> str | None:
    try:
        got = figure()
    except UnknownError:
        return "is no figure that is known here"
    if _same(wanted, got, key, tolerance):
        return None
    return f"expected {json.dumps(wanted)} got {json.dumps(got)}"


def _figure(bouts: Bouts, key: str) -> object:
    if key == "derived_bouts_minutes":
        return [_plain(bout.length) for bout in bouts]
    if key == "last_bout_open":
        return bool(bouts) and bouts[-1].then is None
    least = _at_least(key)
    if least is not None:
        which, minutes = least
        return _plain(PROLONGED[which]([bout.length for bout in bouts], minutes))
    return _plain(_measured(bouts)[_measure(key)])


@lru_cache(maxsize=1)
def _measured(bouts: Bouts) -> Mapping[Measure, Value]:
    return measured(bouts)


def _measure(key: str) -> Measure:
    if COV_OF_LOGS.fullmatch(key):
        return Measure.COV_OF_LOGS
    try:
        return SAME.get(key) or Measure(key)
    except ValueError:
        raise UnknownError(key) from None


def _at_least(key: str) -> tuple[str, timedelta] | None:
    found = AT_LEAST.fullmatch(key)
    return None if found is None else (found[1] or found[3], int(found[2] or found[4]) * MINUTE)


def _on_day(bouts: Bouts, day: date, key: str) -> object:
    """Bouts belong to the day they began on, by their whole length; minutes to the day they were sat."""
    if key == "longest_bout_touching_day_min":
        return _plain(figures.longest([bout.length for bout in bouts if day in dict(sat_on(bout))]))
    if key in ("sitting_min", "total_min"):
        return _plain(figures.time_on(bouts, day))
    least = _at_least(key)
    if least is not None and least[0] == "time_ge":
        return _plain(figures.time_on(bouts, day, least[1]))
    return _of_pieces(bouts, day, key)


def _split(bouts: Bouts) -> Iterator[Bout]:
    for bout in bouts:
        for day, length in sat_on(bout):
            yield replace(bout, day=day, length=length, sat_on=())


def _of_pieces(bouts: Bouts, day: date, key: str) -> object:
    here = tuple(bout for bout in bouts if bout.day == day)
    return _figure(here, "derived_bouts_minutes" if key == "bouts" else key)


def _plain(value: object) -> object:
    return value / MINUTE if isinstance(value, timedelta) else value


def _same(wanted: object, got: object, key: str, tolerance: float | None) -> bool:
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(
            _same(w, g, key, tolerance) for w, g in zip(wanted, got, strict=True)
        )
    if is_number(wanted) and is_number(got):
        usual = CLOSE_FITTED if key.startswith("w50_fit") else CLOSE
        if tolerance is not None:
            return math.isclose(wanted, got, rel_tol=tolerance, abs_tol=tolerance)
        return math.isclose(wanted, got, rel_tol=usual, abs_tol=NEAR_ZERO)
    return type(wanted) is type(got) and wanted == got


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
