"""Whether this terminal has colours and the person wants them, and text in one of them."""

import os
import sys


def colours() -> bool:
    """Only on a terminal that has them, and not where somebody wants none (https://no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    return wanted and sys.stdout.isatty()


def painted(text: str, colour: str, wanted: bool) -> str:
    """The text in this colour (ECMA-48, SGR), or as it is."""
    return f"\x1b[{colour}m{text}\x1b[0m" if wanted else text
