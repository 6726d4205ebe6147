"""The frame of a page: what may run in it, and that nothing said can change it."""

import json
import re
from base64 import b64encode
from hashlib import sha256

from deskbreak.report.sheet import sheet
from tests.report.reading import Page, policy

HOSTILE = "</title></script><script>alert('x')</script>&amp;"


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_only_its_own_style_and_script_may_run() -> None:
    page = Page(sheet("Today", "<main></main>", ["player.css"], ["player.js"], {"a": 1}))

    (style,), (_plan, script) = page.inside["style"], page.inside["script"]
    assert policy(page) == (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_a_page_without_a_script_lets_none_run() -> None:
    page = Page(sheet("Today", "<main></main>"))

    assert "script-src 'none'" in policy(page)
    assert "script" not in page.inside


def test_title_and_plan_are_only_said() -> None:
    page = Page(sheet(HOSTILE, "<main></main>", scripts=["player.js"], plan={"name": HOSTILE}))

    assert page.said.strip() == f"{HOSTILE} · deskbreak"
    assert json.loads(page.inside["script"][0]) == {"name": HOSTILE}
    assert len(page.inside["script"]) == 2


def test_it_is_for_both_themes_and_any_width() -> None:
    text = sheet("Today", "<main></main>")

    assert '<meta name="color-scheme" content="light dark">' in text
    assert "prefers-color-scheme: dark" in text
    assert 'content="width=device-width, initial-scale=1"' in text
    assert not re.search(r"url\(|@import|https?:", text)
