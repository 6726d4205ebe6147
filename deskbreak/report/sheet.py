"""The frame of every page: one file that stands alone, with no network and no server; it says nothing itself.

A page is made of markup (`deskbreak.report.markup` escapes whatever is said), of style sheets and of scripts
that are files in this package, and of values for the scripts. `sheet.css` is the ground that all pages share:
colours for light and dark, letters, headings, buttons, focus, footer, `.unseen`.
"""

import json
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files

from deskbreak.coach.drawing.colours import Theme
from deskbreak.report.markup import said
from deskbreak.report.vector import colours


def sheet(
    title: str, body: str, styles: Iterable[str] = (), scripts: Iterable[str] = (), plan: object = None
) -> str:
    """The page as a document, for a file of UTF-8.

    `title` is text, `body` is markup: header, main and footer. `styles` are names of files in this package
    that follow `sheet.css`; `scripts` those that run, in this order and in one scope, once the body is there.
    `plan` is what they go by, anything that JSON can say; they read it from the element of that id:
    `JSON.parse(document.getElementById("plan").textContent)`.

    The page runs by its own style and scripts alone: its content security policy allows these two by their
    hash (CSP Level 3, section 2.3.1) and nothing else, so there can be no `style` or `on…` attribute, no
    `src`, no other script. Script may set the style of what it moves (`element.style.transform`).
    """
    style = "".join((_figures(), *(_asset(name) for name in ("sheet.css", *styles))))
    runs = "".join(map(_asset, scripts))
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta http-equiv="Content-Security-Policy" content="',
            f"default-src 'none'; style-src '{_hash(style)}'; script-src {_allowed(runs)}; ",
            "base-uri 'none'; form-action 'none'\">\n",
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="color-scheme" content="light dark">\n',
            '<meta name="referrer" content="no-referrer">\n',
            f"<title>{said(title)} · deskbreak</title>\n<style>{style}</style>\n</head>\n<body>\n{body}",
            "" if plan is None else f'<script type="application/json" id="plan">{_as_json(plan)}</script>\n',
            f"<script>{runs}</script>\n" if runs else "",
            "</body>\n</html>\n",
        )
    )


def _figures() -> str:
    light, dark = colours(Theme.LIGHT), colours(Theme.DARK)
    return f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"


def _asset(name: str) -> str:
    return files("deskbreak.report").joinpath(name).read_text("utf-8")


def _allowed(script: str) -> str:
    return f"'{_hash(script)}'" if script else "'none'"


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _as_json(plan: object) -> str:
    """In a form that cannot end the element it stands in."""
    return json.dumps(plan, separators=(",", ":")).replace("<", "\\u003c")
