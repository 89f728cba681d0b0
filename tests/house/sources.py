"""What the house is made of, for rules that hold everywhere in it."""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PROGRAM = ("bot", "handlers", "storage")
CODE = (*PROGRAM, "tests")
NOT_OURS = ("vendor", "versions", "__pycache__")


def files(*folders: str, ending: str = ".py") -> list[Path]:
    """Sorted, without what others wrote or a tool makes."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*{ending}"))
    return sorted(path for path in found if not set(NOT_OURS) & set(path.parts))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
