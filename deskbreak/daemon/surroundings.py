"""What the program asks of the parts around it that it does not own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskbreak.coach.screening import Answers
from deskbreak.settings import Fault, Settings
from deskbreak.store.screening import Kept


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the companion asks of the parts it does not own; each answers at once.

    `missing` gives a line for each part that does not work now; `no_tray` the one about the tray.
    `examined` is what the senses, the tray and the notifications say of themselves, as JSON says it.
    `reload` reads the settings, `change` sets one of them in the file, `open_settings` shows them to the
    person. `screening` reads the answers to the seven questions, `keep` writes them. `show_today` shows the
    page of the log and `show_how` the guide to an exercise, `back_up` copies the log, each beside the
    program. `say` writes to the terminal.
    """

    missing: Callable[[], tuple[str, ...]]
    no_tray: Callable[[], str | None]
    reload: Callable[[], tuple[Settings, tuple[Fault, ...]]]
    screening: Callable[[], Kept]
    keep: Callable[[Answers], None]
    change: Callable[[str, object], None]
    open_settings: Callable[[], None]
    show_how: Callable[[str], None]
    show_today: Callable[[], None]
    back_up: Callable[[], None]
    say: Callable[[str], None]
    slept_soundly: Callable[[], None]
    check_door: Callable[[], None]
    examined: Callable[[], Mapping[str, object]]
