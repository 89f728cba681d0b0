"""Setting up: one word starts it, one word tests it, and both are documented."""

import os
import re
import subprocess
import tomllib

import pytest

from tests.house.sources import ROOT

TARGETS = re.findall(r"^([a-z]+):.*## \w", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
PROMISED = {"run", "setup", "test", "check", "texts", "browser", "bench", "chaos", "clean"}
READMES = ("README.md", "README.cs.md")


def test_the_makefile_has_what_is_promised() -> None:
    assert set(TARGETS) >= PROMISED


def test_plain_make_lists_the_targets() -> None:
    outside = {"PATH": os.environ["PATH"]}  # as if no other make had started us
    made = subprocess.run(["make"], cwd=ROOT, env=outside, capture_output=True, check=True)
    assert [line.split()[1] for line in made.stdout.decode().splitlines()] == TARGETS


@pytest.mark.parametrize("name", READMES)
def test_every_target_is_documented(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [target for target in {*TARGETS} - {"help"} if f"`make {target}`" not in text] == []


@pytest.mark.parametrize("name", ["run", "uv", "browser"])
def test_scripts_can_be_run(name: str) -> None:
    assert os.access(ROOT / ".ci" / name, os.X_OK)


def test_continuous_integration_does_what_people_do() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "set -euo pipefail" in script
    assert script.splitlines()[-1] == "exec make test"


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/architecture.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"(?<!!)\[[^]]*\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert links
    assert [to for to in links if not (page.parent / to).exists()] == []


def test_no_test_is_left_out() -> None:
    """Those of the browser are called by themselves."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told = {*settings["tool"]["pytest"]["ini_options"]["testpaths"], "tests/browser"}
    places = {page.parent.relative_to(ROOT).as_posix() for page in ROOT.glob("tests/**/test_*.py")}
    assert places == told


def test_decisions_are_numbered_and_complete() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]}. ")
        for part in ("Context", "Decision", "Consequences"):
            assert f"**{part}.**" in text
