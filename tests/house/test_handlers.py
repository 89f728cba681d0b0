"""Handlers ask the domain and show what it says: they touch no rows, and not each other."""

import ast
from pathlib import Path

import handlers
from tests.house.sources import ROOT, files, named, tree

SHARED = {"links", "refusals"}


def test_handlers_only_pass_the_session_on() -> None:
    touching = [
        f"{named(path)}:{node.lineno}"
        for path in files("handlers")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and _is_session(node.value)
    ]
    assert touching == []


def _is_session(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "session"
    return isinstance(node, ast.Name) and node.id == "session"


def test_features_do_not_know_each_other() -> None:
    crossing = [
        f"{named(path)}: {other}"
        for path in files("handlers")
        if path.parent != ROOT / "handlers" or path.stem != "__init__"
        for other in _features_of(tree(path))
        if other not in SHARED and other != _feature(path)
    ]
    assert crossing == []


def _feature(path: Path) -> str:
    return path.relative_to(ROOT / "handlers").parts[0].removesuffix(".py")


def _features_of(module: ast.Module) -> list[str]:
    imports = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
    inside = [f"{node.module}.{name.name}" for node in imports for name in node.names]
    return [dotted.split(".")[1] for dotted in inside if dotted.startswith("handlers.")]


def test_every_feature_is_opened_with_the_house() -> None:
    there = {_feature(path) for path in files("handlers")} - SHARED - {"__init__"}
    assert there <= set(handlers.__all__)
