"""Small pieces of markup; every text that they are given is text, and is escaped here."""

from collections.abc import Iterable
from html import escape


def said(text: str) -> str:
    """The text, for between tags or within the quotes of an attribute."""
    return escape(text, quote=True)


def paragraph(text: str) -> str:
    """A `<p>` that says this."""
    return f"<p>{said(text)}</p>"


def listed(kind: str, texts: Iterable[str]) -> str:
    """A list, `ol` or `ul`, of these texts."""
    return f"<{kind}>{''.join(f'<li>{said(text)}</li>' for text in texts)}</{kind}>\n"


def section(heading: str, content: str) -> str:
    """A `<section>` under an `<h2>`; `content` is markup."""
    return f"<section>\n<h2>{said(heading)}</h2>\n{content}</section>\n"
