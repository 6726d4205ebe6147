"""A page as a browser would read it, as far as this goes."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Its tags in order, all that it says, and what stands inside of style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.inside: dict[str, list[str]] = {}
        self._raw = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._raw = tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""

    def handle_data(self, data: str) -> None:
        if self._raw:
            self.inside.setdefault(self._raw, []).append(data)
        else:
            self.said += data


def policy(page: Page) -> str:
    (found,) = [
        attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert found is not None
    return found
