"""Every key of the settings file: its kind and what it is for. The defaults are those of `Settings`."""

from dataclasses import dataclass
from datetime import timedelta

from deskbreak.core.events import Hold
from deskbreak.core.rules import AfterAbsence
from deskbreak.settings.kinds import AnyOf, Duration, Flag, Hooks, Kind, Language, Names, OneOf
from deskbreak.settings.times import Dates, Runs, TimeOfDay, WorkingHours
from deskbreak.settings.values import Evening, Evidence, Place
from deskbreak.words import _

LEAST, MOST = timedelta(seconds=5), timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    kind: Kind
    doc: str


def _minutes(least: int, most: int) -> Duration:
    return Duration(LEAST, MOST, (timedelta(minutes=least), timedelta(minutes=most)))


KEYS = (
    Key("sit_limit", _minutes(20, 60), _("How long you may sit before the first reminder.")),
    Key("break_min", _minutes(1, 5), _("How long you must be away for the sitting to count from 0 again.")),
    Key("away_after", _minutes(2, 15), _("How long without any input until you are taken to be away.")),
    Key("snooze", _minutes(5, 30), _("How long Snooze puts a reminder off.")),
    Key("prompts_apart", _minutes(5, 60), _("The least time between two reminders.")),
    Key("stand_limit", _minutes(10, 60), _("How long you may stand before the first reminder.")),
    Key(
        "standing_after_absence",
        OneOf(AfterAbsence),
        _("Whether you still stand after an absence that nobody announced, or sit."),
    ),
    Key("evidence", AnyOf(tuple(Evidence)), _("What shows that you are there although you touch nothing.")),
    Key(
        "holds",
        AnyOf((Hold.CALL, Hold.FULLSCREEN, Hold.SHARING, Hold.DND)),
        _("What keeps reminders back while it lasts."),
    ),
    Key("ignore_calls_by", Names(), _("Programs that hold the microphone for ever and are in no call.")),
    Key("day_start", TimeOfDay(), _("When a day begins: sitting before it belongs to the day before.")),
    Key("hours", WorkingHours(), _("When reminders may come; {} is always. Sitting is counted all day.")),
    Key("days_off", Dates(), _("Days without reminders.")),
    Key(
        "daily_goal",
        Duration(LEAST, timedelta(hours=24)),
        _("At most how much sitting in a day you aim for."),
    ),
    Key("place", OneOf(Place), _("Where you sit, which decides what is suggested.")),
    Key("floor", Flag(), _("Whether exercises on the floor are suggested.")),
    Key("discreet", Flag(), _("Whether only what colleagues would not notice is suggested.")),
    Key("standing_desk", Flag(), _("Whether you can stand at the desk.")),
    Key("runs", Runs(), _("When you plan to run; the primer comes before it.")),
    Key("sound", Flag(), _("Whether reminders make a sound.")),
    Key(
        "evening_summary",
        OneOf(Evening),
        _("Whether the day is summed up in the evening; auto: from the fourth day."),
    ),
    Key("language", Language(), _("The language of menus and reminders; auto is that of the desktop.")),
    Key("hooks", Hooks(), _("Programs of your own to be started when something happens.")),
)

BY_NAME = {key.name: key for key in KEYS}
