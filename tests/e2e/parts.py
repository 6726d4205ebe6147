"""What a test desktop is made of: its parts, the Debian packages that bring them, their configuration."""

import os
import shutil
import socket
import struct
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

import pytest

XFCONFD = Path("/usr/lib") / f"{os.uname().machine}-linux-gnu" / "xfce4/xfconf/xfconfd"
SYSTEM_PYTHON = "/usr/bin/python3"
LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1")
SESSION = "/org/freedesktop/login1/session/c1"


class Part(Enum):
    """What a desktop is made of, in the order in which it starts."""

    SYSTEM_BUS = "system-bus"
    LOGIND = "logind"
    SCREEN = "screen"
    BUS = "bus"
    MUTTER = "mutter"
    SWAY = "sway"
    KWIN = "kwin"
    WINDOWS = "windows"
    NOTICES = "notices"
    PANEL = "panel"
    MAKO = "mako"
    WAYBAR = "waybar"


DESKTOP = frozenset({Part.SCREEN, Part.BUS, Part.WINDOWS, Part.NOTICES, Part.PANEL})
LOGIN = frozenset({Part.SYSTEM_BUS, Part.LOGIND})
GNOME = frozenset({Part.BUS, Part.MUTTER})
KDE = frozenset({Part.BUS, Part.KWIN})
SWAY = frozenset({Part.BUS, Part.SWAY, Part.MAKO, Part.WAYBAR})

PACKAGES: Mapping[Part, Mapping[str, str]] = {
    Part.SYSTEM_BUS: {"dbus-daemon": "dbus", "dbus-send": "dbus-bin"},
    Part.LOGIND: {SYSTEM_PYTHON: "python3", "/usr/lib/python3/dist-packages/dbusmock": "python3-dbusmock"},
    Part.SCREEN: {"Xvfb": "xvfb", "xdotool": "xdotool", "scrot": "scrot"},
    Part.BUS: {"dbus-daemon": "dbus", "dbus-send": "dbus-bin"},
    Part.MUTTER: {"mutter": "mutter"},
    Part.SWAY: {"sway": "sway", "setpriv": "util-linux"},
    Part.KWIN: {"kwin_wayland": "kwin-wayland"},
    Part.WINDOWS: {"openbox": "openbox", "xprop": "x11-utils"},
    Part.NOTICES: {"dunst": "dunst"},
    Part.PANEL: {"xfce4-panel": "xfce4-panel", str(XFCONFD): "xfconf"},
    Part.MAKO: {"mako": "mako-notifier", "makoctl": "mako-notifier"},
    Part.WAYBAR: {"waybar": "waybar", "grim": "grim"},
}
"""What a part needs: a program or a file, and the Debian package that brings it."""

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>{kind}</type><listen>{address}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""

SWAY_CONFIG = "output HEADLESS-1 resolution 1024x640\nxwayland disable\n"

PANEL_CONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array"><value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""

MAKO_CONFIG = "font=DejaVu Sans 10\nanchor=top-right\n[mode=dnd]\ninvisible=1\n"

WAYBAR_CONFIG = """{
    "layer": "top", "position": "top", "height": 30,
    "modules-left": ["tray"], "modules-center": [], "modules-right": [],
    "tray": {"icon-size": 22, "spacing": 8}
}
"""
WAYBAR_STYLE = """* {font-family: "DejaVu Sans"; font-size: 13px;}
window#waybar {background: #202020; color: #ffffff;}
"""

DUNST_CONFIG = """[global]
    font = DejaVu Sans 10
    dmenu = {folder}/pick
    always_run_script = true
    show_indicators = true
[recorded]
    summary = "*"
    script = {folder}/record
"""
PICK = '#!/bin/sh\ncd "{folder}" && cat >rows && exec grep -F -m1 -- "$(cat wanted)" rows\n'
RECORD = (
    '#!/bin/sh\ncard=$(mktemp "{folder}/new.XXXXXX")\n'
    'printf "%s\\0%s\\0%s" "$DUNST_SUMMARY" "$DUNST_BODY" "$DUNST_URGENCY" >"$card"\n'
    'mv "$card" "{folder}/card.$(date +%s%N)"\n'
)


def needs(*wanted: tuple[str, str]) -> None:
    """Skips the test unless each (program or file, Debian package) is there, saying which are not."""
    missing = sorted(
        {package for name, package in wanted if shutil.which(name) is None and not Path(name).exists()}
    )
    if missing:
        pytest.skip(f"needs the Debian packages: {' '.join(missing)}")


def xauthority(cookie: bytes, display: str = "") -> bytes:
    """One MIT-MAGIC-COOKIE-1 (Xau(3), "File Format"): for any display of any host, or for this one here.

    Not every client knows the family "wild" (65535), which needs no display number.
    """
    host = socket.gethostname().encode()
    family, address = (256, host) if display else (65535, b"")
    fields = (address, display.encode(), b"MIT-MAGIC-COOKIE-1", cookie)
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(field)) + field for field in fields)
