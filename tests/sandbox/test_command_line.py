"""`python -m bot sandbox`: a world that is broken, a port that is taken, an open address."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

BOTS = [{"token": "7:x"}]
HOUSE = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot", "sandbox", *words]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HOUSE)}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def start(*words: str, world: Any = None) -> "subprocess.CompletedProcess[str]":
        path = tmp_path / "world.json"
        path.write_text(world if isinstance(world, str) else json.dumps(world or {"bots": BOTS}))
        return subprocess.run(
            _command("--world", str(path), *words),
            cwd=tmp_path,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    return start


@pytest.mark.parametrize(
    ("world", "complaint"),
    [
        ({"bots": [{"token": "7:x", "name": 1}]}, "bots[0].name: unknown key; there are token"),
        ('{"bots": [', "world.json is not JSON: "),
    ],
)
def test_a_broken_world(run: Run, world: Any, complaint: str) -> None:
    done = run("--port", "0", world=world)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port))
    assert (done.returncode, done.stderr) == (
        1,
        f"port {port} of 127.0.0.1 cannot be used (Address already in use)\n",
    )


def test_an_address_that_others_can_reach(run: Run) -> None:
    done = run("--port", "0", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert done.stderr.startswith("--host 0.0.0.0: others could reach the sandbox;")


@contextmanager
def _serving(folder: Path, *words: str) -> Iterator[tuple[httpx.Client, "subprocess.Popen[str]"]]:
    process = subprocess.Popen(
        _command(*words), cwd=folder, env=_environment(), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        line = next(line for line in process.stdout if "Bot API: " in line)
        address = line.split()[-1].removesuffix("/bot<token>/<method>")
        with httpx.Client(base_url=address) as web:
            yield web, process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_world_of_ones_own_until_told_to_end(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    chats = [{"id": 5, "type": "private"}, {"id": -5, "type": "group", "title": "G"}]
    path.write_text(json.dumps({"bots": BOTS, "chats": chats}))
    with _serving(tmp_path, "--api-only", "--world", str(path), "--port", "0") as (web, process):
        assert web.get("/bot7:x/getMe").json()["result"]["id"] == 7
        answers = [
            web.post("/bot7:x/sendMessage", json={"chat_id": -5, "text": "x"}) for _ in range(25)
        ]
        assert [answers[place].status_code for place in (0, -1)] == [200, 429]
        assert web.get("/").status_code == 404
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_no_limits_and_an_open_door(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    path.write_text(json.dumps({"bots": BOTS, "chats": [{"id": -5, "type": "group"}]}))
    words = ("--world", str(path), "--port", "0", "--flood", "0", "--host", "0.0.0.0")
    with _serving(tmp_path, *words, "--open-to-network") as (web, _):
        answers = [
            web.post("/bot7:x/sendMessage", json={"chat_id": -5, "text": "x"}) for _ in range(25)
        ]
        assert {answer.status_code for answer in answers} == {200}
        elsewhere = {"Host": "sandbox.lan"}
        assert web.get("/bot7:x/getMe", headers=elsewhere).status_code == 200
        assert web.get("/sandbox/state", headers=elsewhere).status_code == 403
