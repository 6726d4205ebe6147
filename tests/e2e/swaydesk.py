"""A desk of sway, waybar and mako: typed at by a virtual keyboard, looked at by grim, answered by makoctl."""

import json
from pathlib import Path

from tests.e2e.desk import Desk, Shown, until
from tests.e2e.parts import SWAY, needs


class SwayDesk(Desk):
    """`Desk` whose person writes a letter in a terminal; `typed` is what has arrived there."""

    def __init__(self, folder: Path) -> None:
        needs(("wtype", "wtype"), ("foot", "foot"), ("busctl", "systemd"), ("jq", "jq"))
        super().__init__(folder, SWAY)

    def opens_a_letter(self) -> None:
        self.launch(
            "letter", "foot", "--app-id", "letter", "sh", "-c", f"stty -icanon; exec cat >{self.folder}/typed"
        )
        until(lambda: "true" in self.run("swaymsg", "-r", '[app_id="letter"] focus'), "the letter is open")

    def typed(self) -> str:
        return (self.folder / "typed").read_text()

    def type_text(self, text: str) -> None:
        """The first letter may be lost: each time it is a new keyboard that is plugged in."""
        self.run("wtype", "-d", "20", text)

    def screenshot(self, path: Path) -> Path:
        self.run("grim", str(path))
        return path

    def press(self, label: str) -> None:
        """Chooses the button with this label on the newest card, in the menu that makoctl makes of them."""
        (self.folder / "dunst" / "wanted").write_text(label)
        self.run("makoctl", "menu", str(self.folder / "dunst" / "pick"))

    def cards(self) -> list[Shown]:
        """The cards that mako has at this moment, the newest first; it does not tell how urgent they are."""
        (told,) = json.loads(self.run("makoctl", "list"))["data"]
        return [Shown(each["summary"]["data"], each["body"]["data"], "") for each in told]
