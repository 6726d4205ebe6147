"""Makes the words of a card safe to hand over: no text can break the connection or forge the display."""

from html import escape

from deskbreak.ports import Card
from deskbreak.words import _

_LIMIT = 1024
_NO_MARKUP = str.maketrans("<>", "‹›")
_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def plain(text: str) -> str:
    """At most 1 KiB of UTF-8 without control characters other than tab and newline."""
    # Cut first: a text of many megabytes is not worth walking through.
    kept = text[: 4 * _LIMIT].translate(_CONTROLS).encode("utf-8", "replace")
    if len(kept) > _LIMIT:
        ellipsis = "…".encode()
        kept = kept[: _LIMIT - len(ellipsis)].decode("utf-8", "ignore").encode() + ellipsis
    return kept.decode("utf-8")


def one_line(text: str) -> str:
    """As `plain`, with every run of white space as one space."""
    return " ".join(plain(text).split())


def body_text(card: Card, buttons: bool, markup: bool) -> str:
    """The card's body as a server is to get it.

    Where no `buttons` are seen it says where the answers are. `markup`: the server says that it reads
    markup (Desktop Notifications Specification, section "Markup"), so `& < >` are escaped.
    """
    text = plain(card.body)
    if card.buttons and not buttons:
        labels = ", ".join(one_line(button.label) for button in card.buttons)
        text = "\n".join(filter(None, (text, _("In the tray menu: {labels}").format(labels=labels))))
    # dunst reads markup even where it does not say so, and would show escapes where it does not.
    return escape(text, quote=False) if markup else text.translate(_NO_MARKUP)
