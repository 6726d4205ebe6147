"""A real headless Chromium, driven by WebDriver's own protocol; it alone starts and stops it."""

import base64
import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.request import Request, urlopen

import pytest

from tests.e2e.desk import until

_KEYS = {
    "Space": " ", "Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "End": "\ue010", "Home": "\ue011",
    "Left": "\ue012", "Up": "\ue013", "Right": "\ue014", "Down": "\ue015",
}  # fmt: skip
OSCILLATORS = """
window.tones = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) {
  window.tones.push(Math.round((at - this.context.currentTime) * 10) / 10);
  return start.call(this, at);
};
"""
"""Run on a page, it notes in `tones` in how many seconds each tone is due."""
_STOPPED_CLOCK = """
window.clockSaid = 0;
performance.now = () => window.clockSaid;
"""
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--autoplay-policy=no-user-gesture-required",
)


class Browser:
    """One window. Pages see a clock that goes on only by `advance`."""

    def __init__(self, folder: Path) -> None:
        for program, package in (("chromium", "chromium"), ("chromedriver", "chromium-driver")):
            if shutil.which(program) is None:
                pytest.skip(f"{program} is missing: apt-get install {package}")
        folder.mkdir()
        self._said = folder / "chromedriver"
        with self._said.open("wb") as said:
            self._driver = subprocess.Popen(
                ["chromedriver", "--port=0"], stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        self._session = ""
        try:
            until(lambda: self._port() is not None, "chromedriver listens")
            self._address = f"http://127.0.0.1:{self._port()}/session"
            options = {"args": [*_FLAGS, f"--user-data-dir={folder / 'profile'}"]}
            wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
            opened = self._ask("", {"capabilities": {"alwaysMatch": wanted}})
            self._session = f"/{opened['sessionId']}"
            self.devtools("Page.addScriptToEvaluateOnNewDocument", source=_STOPPED_CLOCK)
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._end()

    def show(self, page: Path, width: int = 1000, *, dark: bool = False, calm: bool = False) -> None:
        """Opens the file in a window of this width, for a person who likes it so."""
        likes = {
            "prefers-color-scheme": "dark" if dark else "light",
            "prefers-reduced-motion": "reduce" if calm else "no-preference",
        }
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        self.devtools("Emulation.setTouchEmulationEnabled", enabled=False)
        self.devtools(
            "Emulation.setEmulatedMedia",
            features=[{"name": name, "value": value} for name, value in likes.items()],
        )
        self._ask("/url", {"url": page.as_uri()})

    def press(self, *keys: str) -> None:
        # A key that is pressed before the page was drawn may reach nobody.
        self.advance(0)
        actions = [{"type": kind, "value": _KEYS[key]} for key in keys for kind in ("keyDown", "keyUp")]
        self._ask("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def click(self, name: str) -> None:
        """On the button, or whatever else opens, that is called so."""
        self.run(
            "for (const it of document.querySelectorAll('button, summary'))"
            " if (it.textContent === arguments[0]) it.click()",
            name,
        )

    def point(self, x: float, y: float) -> None:
        """Moves the mouse to this place of the window, in pixels."""
        self.devtools("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def tap(self, x: float, y: float) -> None:
        """Touches this place of the window with a finger; until the next page it is a touch screen."""
        self.devtools("Emulation.setTouchEmulationEnabled", enabled=True)
        # What is for the mouse alone may leave the page by that, and move the rest.
        self.advance(0)
        self.devtools("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.devtools("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def advance(self, seconds: float) -> None:
        """Moves the page's clock on, and waits until the page has drawn that."""
        self.run(
            "const done = arguments[arguments.length - 1]; window.clockSaid += arguments[0] * 1000;"
            "requestAnimationFrame(() => requestAnimationFrame(() => done()))",
            seconds,
            wait=True,
        )

    def text(self, id_: str) -> str:
        return str(self.run("return document.getElementById(arguments[0]).textContent", id_))

    def run(self, script: str, *arguments: object, wait: bool = False) -> Any:
        return self._ask(f"/execute/{'async' if wait else 'sync'}", {"script": script, "args": arguments})

    def barriers(self) -> list[tuple[str, str]]:
        """What keeps people from the page as it is now, by axe-core: the rule and the first place."""
        axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
        self.run(f"{axe}; window.axe = axe")
        found = self.run("axe.run(document).then(arguments[arguments.length - 1])", wait=True)
        assert len(found["passes"]) > 15, "most of its rules had something to look at"
        return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]

    def complaints(self) -> list[str]:
        """What the console has said since it was last asked."""
        return [entry["message"] for entry in self._ask("/se/log", {"type": "browser"})]

    def devtools(self, command: str, **parameters: object) -> Any:
        """Chromium's own protocol, for what WebDriver has no word."""
        return self._ask("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def picture(self) -> bytes:
        """The whole page, as PNG."""
        taken = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(taken["data"])

    def _port(self) -> str | None:
        found = re.search(r"started successfully on port (\d+)", self._said.read_text())
        return found[1] if found else None

    def _ask(self, path: str, body: object) -> Any:
        request = Request(
            self._address + self._session + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=60) as reply:
            return json.load(reply)["value"]

    def _end(self) -> None:
        try:
            if self._session:
                with urlopen(Request(self._address + self._session, method="DELETE"), timeout=30):
                    pass
        finally:
            self._driver.terminate()
            self._driver.wait(30)
