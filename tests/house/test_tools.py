"""The tools that keep the rules are switched on, and find nothing."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house.sources import PROGRAM, ROOT, files, named, project, tree

DETACHED = {"create_task", "ensure_future"}
LOOPS = {"asyncio", "loop"}


def test_naive_datetimes_are_refused() -> None:
    lint = project()["tool"]["ruff"]["lint"]
    ignored = {*lint["ignore"], *(each for of in lint["per-file-ignores"].values() for each in of)}
    assert "DTZ" in lint["select"]
    assert not [rule for rule in ignored if rule.startswith("DTZ")]


def test_detached_tasks_are_refused() -> None:
    banned = project()["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    assert {"asyncio.create_task", "asyncio.ensure_future"} <= set(banned)
    assert "TID" in project()["tool"]["ruff"]["lint"]["select"]


def test_nobody_starts_a_task_that_nobody_waits_for() -> None:
    outside = [path for path in files(*PROGRAM) if "runtime" not in path.parts]
    assert [named(path) for path in outside if any(map(_detaches, ast.walk(tree(path))))] == []


def _detaches(node: ast.AST) -> bool:
    """`asyncio.create_task(…)`, `loop.create_task(…)`, `get_running_loop().create_task(…)`; a
    task group's own is fine, because the group waits for it."""
    if not isinstance(node, ast.Attribute) or node.attr not in DETACHED:
        return False
    owner = node.value
    return isinstance(owner, ast.Call) or (isinstance(owner, ast.Name) and owner.id in LOOPS)


def test_types_and_warnings_are_strict() -> None:
    tools = project()["tool"]
    assert tools["mypy"]["strict"] is True
    assert set(tools["mypy"]["packages"]) >= {"bot", "handlers", "storage", "tests"}
    assert tools["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def test_silenced_types_say_which_one() -> None:
    bare = ("type: " + "ignore\n", "no" + "qa\n")
    texts = {path: path.read_text(encoding="utf-8") for path in files(*PROGRAM)}
    assert [named(path) for path, text in texts.items() if any(b in text for b in bare)] == []


def test_imports_run_down_only() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
