"""Notices GNOME's do-not-disturb: its settings say whether banners are shown.

There is no bus call that reads a setting, so `gsettings` is run once at each change and never else.
Source: org.gnome.desktop.notifications.gschema.xml; dconf-service, ca.desrt.dconf.Writer.Notify.
"""

import logging
import subprocess
import threading
from collections.abc import Mapping
from datetime import timedelta

from deskbreak.links.bus import Bus, Signal
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _

_log = logging.getLogger(__name__)

SHELL = "org.gnome.Shell"
_WRITER = "ca.desrt.dconf.Writer"
_WRITER_PATH = "/ca/desrt/dconf/Writer/user"
_KEY = "/org/gnome/desktop/notifications/show-banners"
_QUESTION = ("gsettings", "get", "org.gnome.desktop.notifications", "show-banners")
_PATIENCE = timedelta(seconds=5)


class Banners:
    """`hidden`: GNOME shows no banners; None outside GNOME and where its settings cannot be read."""

    def __init__(self, env: Mapping[str, str], put: Put) -> None:
        self.hidden: bool | None = None
        self._env = dict(env)
        self._put = put
        self._shell: str | None = None
        self._joined = False
        self._asking = threading.Lock()
        self._fault: str | None = None

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of the session bus."""
        self._joined = True
        bus.on_lost(self._lost)
        bus.hear(interface=_WRITER, member="Notify", path=_WRITER_PATH, to=self._written)
        bus.follow(SHELL, self._owned)

    def accounts(self) -> tuple[Account, ...]:
        if not self._joined:
            return (Account("GNOME", Serves.DND, False, _("there is no session bus")),)
        if self._shell is None:
            return (Account("GNOME", Serves.DND, False, _("GNOME Shell is not on the session bus")),)
        if self.hidden is None:
            says = self._fault or _("its settings are not read yet")
            mend = _("install libglib2.0-bin") if self._fault else ""
            return (Account("GNOME", Serves.DND, False, says, mend),)
        return (
            Account(
                "GNOME", Serves.DND, True, _("do-not-disturb on") if self.hidden else _("do-not-disturb off")
            ),
        )

    def _lost(self) -> None:
        self._joined = False
        self._owned(None)

    def _owned(self, owner: str | None) -> None:
        self._shell = owner
        if owner is not None or self.hidden is not None:
            self._look()

    def _written(self, signal: Signal) -> None:
        prefix, changes = signal.body[:2]
        assert isinstance(changes, list)
        written = [f"{prefix}{change}" for change in changes]
        if self._shell is not None and any(_concerns(key) for key in written):
            self._look()

    def _look(self) -> None:
        threading.Thread(target=self._ask, name="gsettings", daemon=True).start()

    def _ask(self) -> None:
        # One after the other: what is read last is what is written last.
        with self._asking:
            answer = None if self._shell is None else self._answer()
            hidden = None if self._shell is None else answer
            changed = bool(hidden) != bool(self.hidden)
            self.hidden = hidden
        if changed:
            self._put(Stirred())

    def _answer(self) -> bool | None:
        try:
            said = subprocess.run(
                _QUESTION,
                env=self._env,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_PATIENCE.total_seconds(),
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as fault:
            if self._fault is None:
                _log.warning(_("GNOME's do-not-disturb goes unnoticed (%s): install libglib2.0-bin"), fault)
            self._fault = str(fault)
            return None
        return said.stdout.strip() == "false"


def _concerns(written: str) -> bool:
    """Whether a written key, or a folder that was reset (it ends in /), holds the one looked at."""
    return written == _KEY or (written.endswith("/") and _KEY.startswith(written))
