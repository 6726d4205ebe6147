"""What is the case now, as menu, icon, status and sentences show it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deskbreak.core.commands import Prompt, Told
from deskbreak.core.events import Hold, Until
from deskbreak.core.postures import Posture, Stretch


@dataclass(frozen=True, slots=True)
class View:
    """A judgement of this moment; nothing in it is stored.

    `posture` is UNKNOWN while tracking is off or nothing can be observed. `sure` False: quiet, so that
    this may yet turn out as absence. `since_at` (UTC) is when this posture began. `count` is the
    continuous sitting time as it looks now, `limit` what it is held against (stretched or not),
    `stood` the time stood at a stretch. `day` is the local day now, `pending` what is not booked yet, by day
    and posture, and `pending_bout` the length of the sitting bout in progress.
    `exercise` is what was started, `exercise_lasts` how long it takes; `run_at` a run that is near or that
    the person told of.
    `question` asks about the quiet from `quiet_since_at` to `quiet_until_at`, or (None) makes an offer.
    `finished` is the last run of another posture, or an absence, from `finished_since_at` to
    `finished_until_at`. Ends (`..._until`) are UTC moments, an `Until`, or None where the thing is not on.
    """

    posture: Posture
    sure: bool
    since_at: datetime
    count: timedelta
    limit: timedelta
    stood: timedelta
    next_at: datetime | None
    hold: Hold | None
    held_since_at: datetime | None
    snoozed_until_at: datetime | None
    paused_until: datetime | Until | None
    tracking: bool
    tracking_until: datetime | Until | None
    reading_until: datetime | Until | None
    open: Prompt | None
    question: Prompt | None
    quiet_since_at: datetime | None
    quiet_until_at: datetime | None
    exercise: str | None
    exercise_lasts: timedelta
    exercise_since_at: datetime | None
    run_at: datetime | None
    undoable: Told | None
    stretched: timedelta
    blind: bool
    day: date
    pending: tuple[tuple[date, Posture, timedelta], ...]
    pending_bout: timedelta
    finished: Stretch | None = None
    finished_since_at: datetime | None = None
    finished_until_at: datetime | None = None
