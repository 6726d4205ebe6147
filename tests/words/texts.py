"""Every text the program can show, found by reading its files, each with its place.

In Python files that is every string but docstrings: whatever passes `_` or `ngettext`, and also what was
forgotten to. Parts that are put together by `+` or in an f-string are read as one.
"""

import ast
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from deskbreak.cli.help import TOPICS, overview

PROJECT = Path(__file__).parents[2]
# What has no words in it.
_PICTURES = frozenset({".png", ".ico", ".pyc"})


class Shown(NamedTuple):
    place: str
    text: str


def every_text() -> Iterator[Shown]:
    """All of the program, its help as it is printed, its README, and what the package index says of it."""
    yield from of_package(PROJECT / "deskbreak")
    yield from of_page("README.md", (PROJECT / "README.md").read_text("utf-8"))
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    yield Shown("pyproject.toml", project["description"])
    yield Shown("deskbreak help", overview())
    for topic, text in TOPICS.items():
        yield Shown(f"deskbreak help {topic}", text)


def of_package(folder: Path) -> Iterator[Shown]:
    """The texts in the files below `folder`."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in _PICTURES:
            continue
        name, text = str(path.relative_to(folder)), path.read_text("utf-8")
        match path.suffix:
            case ".py":
                for node in _texts(ast.parse(text)):
                    yield Shown(f"{name}:{node.lineno}", _said(node))
            case ".json":
                for where, said in _strings(json.loads(text)):
                    yield Shown(f"{name}{where}", said)
            case _:
                yield from of_page(name, text)


def of_page(name: str, text: str) -> Iterator[Shown]:
    """Paragraph by paragraph."""
    line = 1
    for paragraph in text.split("\n\n"):
        yield Shown(f"{name}:{line}", paragraph)
        line += paragraph.count("\n") + 2


def _texts(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Expr(ast.Constant(str())):
            return
        case ast.Constant(str()):
            yield node
        case ast.JoinedStr() | ast.BinOp(op=ast.Add()) if _said(node):
            yield node
    # What is put together may hold whole texts as well.
    for inner in ast.iter_child_nodes(node):
        yield from _texts(inner)


def _said(node: ast.AST) -> str:
    """The words of an expression; what is only known when it runs is `…`. Empty where it has no words."""
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.JoinedStr(parts):
            return "".join(map(_said, parts))
        case ast.BinOp(left, ast.Add(), right) if _said(left).strip("…") or _said(right).strip("…"):
            return _said(left) + _said(right)
        case ast.Call(ast.Name("_"), [ast.Constant(str() as text)]):
            return text
        case ast.Call(ast.Attribute(ast.Call(ast.Name("_")) as inner, "format")):
            return _said(inner)
        case ast.BinOp(op=ast.Add()):
            return ""
        case _:
            return "…"


def _strings(found: object, where: str = "") -> Iterator[tuple[str, str]]:
    match found:
        case str():
            yield where, found
        case list():
            for number, one in enumerate(found):
                # An entry is named by its id.
                name = one.get("id", number) if isinstance(one, dict) else number
                yield from _strings(one, f"{where}:{name}" if not where else f"{where}[{name}]")
        case dict():
            for key, one in found.items():
                yield from _strings(one, f"{where}.{key}")
        case _:
            return
