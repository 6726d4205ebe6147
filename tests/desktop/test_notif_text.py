"""Whatever a text holds, it is shown as words: it breaks nothing, loads nothing and presses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.commands import Urgency
from deskbreak.core.events import Delivered, Skipped, Started
from deskbreak.desktop.safe_text import body_text, one_line, plain
from deskbreak.links.bus import Bus
from deskbreak.ports import Card, CardButton
from tests.desktop.noticeboards import DunstBoard, FakeBoard, desk_for
from tests.desktop.test_notifier import Room, board_on
from tests.e2e.desk import until

HOSTILE = (
    "--version",
    "<b>bold</b> <img src='http://example.org/x.png'/> <a href='file:///'>here</a>",
    "a & b &amp; &lt; \"c\" 'd'",
    "first\nsecond\r\nthird\ttab",
    "nul\x00 bell\x07 escape\x1b[31m",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u200f",
    "half a pair \ud800 \udfff",
    "x" * 1_000_000,
    "\U0001f9d8" * 1000,
    "%s %n {0} {labels} $(id) `id` \\n",
    "",
)


def card(text: str) -> Card:
    buttons = (CardButton(text, Started()), CardButton("Skip", Skipped()))
    return Card(1, text, text, buttons, Urgency.NORMAL)


@pytest.fixture(params=["fake", "dunst", "xfce4-notifyd"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    with desk_for(request.param, tmp_path / "desk") as desk, board_on(request.param, desk) as board:
        bus = Bus(board.address)
        yield Room(desk, board, bus)
        bus.close()


def test_no_text_breaks_the_server_or_the_connection(room: Room) -> None:
    for text in HOSTILE:
        room.notifier.show(card(text))
        assert room.next() == Delivered(1), text[:40]

    room.notifier.show(Card(2, "31 min", "Glute bridge", (CardButton("Start", Started()),), Urgency.NORMAL))

    assert room.next() == Delivered(2)
    until(room.board.showing, "the card is on the screen")
    room.desk.screenshot(room.desk.folder / "last.png")


def test_a_title_that_looks_like_an_option_is_a_title(room: Room) -> None:
    room.notifier.show(card("--version"))

    assert room.next() == Delivered(1)
    until(room.board.showing, "the card is on the screen")
    if isinstance(room.board, FakeBoard):
        assert room.board.notes[-1].title == "--version"
    if isinstance(room.board, DunstBoard):
        until(room.desk.cards, "dunst has shown a card")
        assert room.desk.cards()[-1].title == "--version"


def test_markup_is_escaped_only_where_the_server_reads_it() -> None:
    hostile = Card(1, "", "<b>a</b> & <img src='x'>", (), Urgency.NORMAL)

    assert body_text(hostile, buttons=True, markup=True) == ("&lt;b&gt;a&lt;/b&gt; &amp; &lt;img src='x'&gt;")
    assert body_text(hostile, buttons=True, markup=False) == "‹b›a‹/b› & ‹img src='x'›"


def test_a_text_is_cut_at_one_kibibyte_and_says_so() -> None:
    assert len(plain("x" * 1_000_000).encode()) == 1024
    assert plain("x" * 1025).endswith("x…")
    assert plain("x" * 1024) == "x" * 1024


@given(st.text())
def test_what_is_handed_over_is_always_short_clean_and_stays_the_same(text: str) -> None:
    clean = plain(text)

    assert len(clean.encode("utf-8")) <= 1024
    assert "\x00" not in clean
    assert plain(clean) == clean
    assert "\n" not in one_line(text)
