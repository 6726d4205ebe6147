"""A table of figures: said as HTML here, and drawn as a chart by the page's script from the same cells."""

from dataclasses import dataclass
from datetime import timedelta

from deskbreak.report.markup import said
from deskbreak.words import _
from deskbreak.words.durations import duration

Cell = str | int | None
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`head` and `rows` have a cell for each letter of `kinds`: `t`ext, `n`umber, `d`uration in minutes.

    None: there is nothing to be said.
    """

    caption: str
    kinds: str
    head: tuple[str, ...]
    rows: tuple[Cells, ...]

    def plan(self) -> dict[str, object]:
        """For the script."""
        return {"caption": self.caption, "kinds": self.kinds, "head": self.head, "rows": self.rows}


def html(table: Table) -> str:
    """A `<table>` that can be scrolled by keys; the first cell of each row is its heading."""
    numeric = ["" if kind == "t" else ' class="number"' for kind in table.kinds]
    head = "".join(
        f'<th scope="col"{number}>{said(text)}</th>' for number, text in zip(numeric, table.head, strict=True)
    )
    rows = "".join(_row(row, table.kinds, numeric) for row in table.rows)
    return (
        f'<div class="table" tabindex="0" role="group" aria-label="{said(table.caption)}">'
        f"<table><caption>{said(table.caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>\n"
    )


def _row(row: Cells, kinds: str, numeric: list[str]) -> str:
    first, *rest = [said(_text(cell, kind)) for cell, kind in zip(row, kinds, strict=True)]
    cells = "".join(f"<td{number}>{text}</td>" for number, text in zip(numeric[1:], rest, strict=True))
    return f'<tr><th scope="row"{numeric[0]}>{first}</th>{cells}</tr>'


def _text(cell: Cell, kind: str) -> str:
    match cell:
        case None:
            return "–"
        case int() if kind == "d":
            return _minutes(cell)
        case _:
            return str(cell)


def _minutes(whole: int) -> str:
    """A duration in words that is known to the minute."""
    return duration(timedelta(minutes=whole)) if whole else _("0 min")
