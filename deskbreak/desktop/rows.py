"""The rows of the menu as pystray's items: a click puts the row's choice into the inbox, and does no more."""

from collections.abc import Iterator

from pystray import Menu, MenuItem

from deskbreak.ports import Choice, Choose, MenuRow, Put, Separator


class Row(MenuItem):  # type: ignore[misc]
    """An item that can be told from another one in its place: two with the same `meaning` do the same."""

    def __init__(self, row: Choose, put: Put) -> None:
        self.meaning: Choice | None = row.choice
        checked = None if row.checked is None else lambda _: bool(row.checked)
        below = Menu(*items(row.rows, put)) if row.rows else lambda: put(row.choice)
        enabled = bool(row.rows) or row.choice is not None
        super().__init__(row.label, below, checked=checked, enabled=enabled)


def items(rows: tuple[MenuRow, ...], put: Put) -> Iterator[MenuItem]:
    """pystray's items for these rows; a row that only tells is grey."""
    for row in rows:
        match row:
            case Separator():
                yield Menu.SEPARATOR
            case Choose():
                yield Row(row, put)
