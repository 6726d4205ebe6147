"""What records of our own JSON there are: of which table, with which columns, and when one is believed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from deskbreak.store import coached, rows
from deskbreak.words import _


class Form(Enum):
    """How a cell is written in JSON. OFFSET is part of the moment of the same key."""

    TEXT = "a text"
    WHOLE = "a whole number"
    FLAG = "true or false"
    LENGTH = "a number of seconds"
    MOMENT = "a time with its offset, as 2026-11-23T09:00:00+01:00"
    OFFSET = "an offset"
    DAY = "a date, as 2026-11-23"
    OBJECT = "an object"


@dataclass(frozen=True, slots=True)
class Field:
    column: str
    key: str
    form: Form
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """The records of one table. `alike`: those that agree in these columns are the same row.

    `number` is the column of the number that the log gave it; None: it has none.
    """

    name: str
    table: str
    fields: tuple[Field, ...]
    believe: Callable[[rows.Cells], object]
    alike: tuple[str, ...]
    number: str | None = None

    @property
    def columns(self) -> str:
        return ", ".join(field.column for field in self.fields)

    def at(self, column: str) -> int:
        """Where the cell of this column is."""
        return next(i for i, field in enumerate(self.fields) if field.column == column)


def _fields(*said: tuple[str, str, Form] | tuple[str, str, Form, bool]) -> tuple[Field, ...]:
    return tuple(Field(*each) for each in said)


def _setting(cells: rows.Cells) -> None:
    rows.moment(cells[2])


def _stretch(cells: rows.Cells) -> None:
    row = rows.stretch(cells)
    if row.end_at < row.start_at:
        raise ValueError(_("it ends before it begins"))


def _prompt(cells: rows.Cells) -> None:
    if not 0 <= coached.prompt(cells).level <= 3:
        raise ValueError(_("a level is 0 to 3"))


def _correction(cells: rows.Cells) -> None:
    _id, began, lasted, start_at, offset, posture, said_at, undoes, _note = cells
    if (posture is None) != (undoes is not None):
        raise ValueError(_("it says a posture or undoes another, and not both"))
    rows.correction((began, lasted, start_at, offset, posture or "unknown", said_at))


STRETCH = Kind(
    "stretch",
    "stretches",
    _fields(
        ("began", "clock", Form.LENGTH),
        ("length", "seconds", Form.LENGTH),
        ("start_at", "start", Form.MOMENT),
        ("end_at", "end", Form.MOMENT),
        ("utc_offset", "start", Form.OFFSET),
        ("day", "day", Form.DAY),
        ("posture", "posture", Form.TEXT),
        ("how", "how", Form.TEXT),
    ),
    _stretch,
    ("began",),
)

CORRECTION = Kind(
    "correction",
    "corrections",
    _fields(
        ("id", "number", Form.WHOLE),
        ("began", "clock", Form.LENGTH),
        ("length", "seconds", Form.LENGTH),
        ("start_at", "start", Form.MOMENT),
        ("utc_offset", "start", Form.OFFSET),
        ("posture", "posture", Form.TEXT, True),
        ("said_at", "said", Form.MOMENT),
        ("undoes", "undoes", Form.WHOLE, True),
        ("note", "note", Form.TEXT, True),
    ),
    _correction,
    ("began", "length", "posture", "said_at"),
    "id",
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        STRETCH,
        Kind(
            "break",
            "breaks",
            _fields(
                ("spell", "number", Form.WHOLE),
                ("kind", "kind", Form.TEXT),
                ("began", "clock", Form.LENGTH),
                ("length", "seconds", Form.LENGTH),
                ("start_at", "start", Form.MOMENT),
                ("utc_offset", "start", Form.OFFSET),
                ("day", "day", Form.DAY),
            ),
            rows.pause,
            ("kind", "began"),
            "spell",
        ),
        Kind(
            "prompt",
            "prompts",
            _fields(
                ("number", "number", Form.WHOLE),
                ("kind", "kind", Form.TEXT),
                ("level", "level", Form.WHOLE),
                ("exercise", "exercise", Form.TEXT, True),
                ("at", "start", Form.MOMENT),
                ("utc_offset", "start", Form.OFFSET),
                ("decision", "decision", Form.OBJECT, True),
                ("outcome", "outcome", Form.TEXT, True),
                ("outcome_at", "outcome_at", Form.MOMENT, True),
            ),
            _prompt,
            ("kind", "at"),
            "number",
        ),
        Kind(
            "exercise",
            "exercises",
            _fields(
                ("number", "number", Form.WHOLE),
                ("exercise", "exercise", Form.TEXT),
                ("start_at", "start", Form.MOMENT),
                ("utc_offset", "start", Form.OFFSET),
                ("length", "seconds", Form.LENGTH),
                ("dose", "dose", Form.LENGTH),
                ("activation", "activation", Form.FLAG),
                ("rating", "rating", Form.TEXT, True),
            ),
            coached.exercise,
            ("exercise", "start_at"),
            "number",
        ),
        CORRECTION,
        Kind(
            "level",
            "levels",
            _fields(
                ("family", "family", Form.TEXT),
                ("level", "level", Form.WHOLE, True),
                ("said_at", "said", Form.MOMENT),
                ("utc_offset", "said", Form.OFFSET),
                ("day", "day", Form.DAY),
            ),
            coached.level,
            ("family", "said_at"),
        ),
        Kind(
            "setting",
            "settings",
            _fields(
                ("key", "key", Form.TEXT), ("value", "value", Form.TEXT), ("since", "since", Form.MOMENT)
            ),
            _setting,
            ("key", "since"),
        ),
    )
}
