"""What can be seen of a simulated person and their desktop, and what they can press, pick and type there."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deskbreak.core.events import Event, Hold, Reading
from deskbreak.daemon.wire import Request, decode
from deskbreak.ports import Card, Choose, Was
from deskbreak.settings import Settings
from deskbreak.words.durations import parse

ZONE = ZoneInfo("Europe/Berlin")
DAY = date(2025, 6, 3)
"""The days of these stories are a Tuesday."""

_SWITCHES: Mapping[str, str] = {
    "microphone": "microphone",
    "player": "playing",
    "screen kept awake": "kept_awake",
    "full screen": "full_screen",
    "screen sharing": "sharing",
    "do-not-disturb": "dnd",
}


class Desktop:
    """`Reading`s are made of it as `sensors.Senses` makes them.

    `gone_since` and `paused_until` (since midnight) are the truth as the story tells it: from when on nobody
    is in the chair, and until when the person wants no reminders.
    """

    def __init__(self) -> None:
        self.typing = False
        self.typed: timedelta | None = None
        self.gone_since: timedelta | None = None
        self.paused_until = timedelta(0)
        self.locked = False
        self.microphone = self.playing = self.kept_awake = False
        self.full_screen = self.sharing = self.dnd = False

    def read(self, awake: timedelta, settings: Settings) -> Reading:
        return Reading(
            idle=None if self.typed is None else awake - self.typed,
            locked=self.locked,
            call=self.microphone,
            # The two rules of `Senses`: music alone is nobody, a full-screen terminal holds nothing.
            media=self.playing and self.kept_awake,
            holds=self.holds() & frozenset(settings.holds),
        )

    def holds(self) -> frozenset[Hold]:
        shown = {
            Hold.CALL: self.microphone,
            Hold.FULLSCREEN: self.full_screen and self.kept_awake,
            Hold.SHARING: self.sharing,
            Hold.DND: self.dnd,
        }
        return frozenset(hold for hold, on in shown.items() if on)

    def switches(self, what: str) -> None:
        """Something begins or ends: `full screen on`, `microphone off`."""
        name, _, state = what.rpartition(" ")
        assert name in _SWITCHES, f"nobody knows how to live: {what!r}"
        assert state in ("on", "off"), what
        setattr(self, _SWITCHES[name], state == "on")


def pressed(label: str, cards: Iterable[Card]) -> Event:
    """What a button stands for, on a card that is on the screen."""
    found = [button.choice for card in cards for button in card.buttons if button.label == label]
    assert found, f"{label} is on no card"
    choice = found[-1]
    assert isinstance(choice, Event), label
    return choice


def picked(path: str, rows: Sequence[Choose]) -> Event | Was:
    """What a row of the menu stands for: `Skip`, `Pause > 30 min`."""
    choice: object = None
    for label in path.split(" > "):
        row = next((row for row in rows if row.label == label), None)
        assert row is not None, f"no row {label!r} among {[row.label for row in rows]}"
        choice = row.choice
        rows = [each for each in row.rows if isinstance(each, Choose)]
    assert isinstance(choice, Event | Was), path
    return choice


def commanded(line: str, lasting: Callable[[str, timedelta], None]) -> Request:
    """What the command line puts to the program; `lasting` hears of a duration that was named."""
    program, command, *arguments = line.split()
    assert program == "deskbreak", line
    request: dict[str, object] = {"command": command}
    match command, arguments:
        case "sit" | "stand", ["--by", by]:
            request["by"] = by
        case "here" | "snooze" | "pause", [lasts]:
            request["lasts_s"] = parse(lasts).total_seconds()
            lasting(command, parse(lasts))
        case "break", [exercise]:
            request["exercise"] = exercise
        case "correct", [span, posture, *yes]:
            start, end = (datetime.combine(DAY, time.fromisoformat(at), ZONE) for at in span.split("-"))
            request |= {"from": start.isoformat(), "to": end.isoformat(), "posture": posture}
            request["sure"] = yes == ["--yes"]
        case "corrections", ["undo", number]:
            request = {"command": "uncorrect", "number": int(number)}
        case _:
            assert not arguments, line
    return decode(json.dumps(request).encode())
