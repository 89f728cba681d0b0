"""What is in deploy/ can be read by those for whom it is, and speaks of what there is."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config
from bot.web.metrics import Metrics
from tests.house.sources import ROOT
from tests.programs import program

yaml: Any = pytest.importorskip("yaml")
DEPLOY = ROOT / "deploy"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted(each.name for each in DEPLOY.glob("paprsek*"))
PARTS = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"], "gauge": [""]}
ENVIRONMENT = re.compile(r"PAPRSEK_[A-Z_]+")


def read(name: str) -> list[Any]:
    """The documents of a YAML file."""
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")))


def numbers() -> set[str]:
    families = Metrics().registry.collect()
    return {family.name + part for family in families for part in PARTS[family.type]}


def alerts() -> list[dict[str, Any]]:
    [rules] = read("alerts.yaml")
    return [rule for group in rules["groups"] for rule in group["rules"]]


def asked() -> list[str]:
    """Every question to Prometheus."""
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    targets = [target for panel in board["panels"] for target in panel.get("targets", ())]
    return [*(each["expr"] for each in targets), *(each["expr"] for each in alerts())]


def test_the_dashboard_and_the_alerts_ask_for_numbers_that_there_are() -> None:
    known = numbers()
    assert [ask for ask in asked() if set(re.findall(r"paprsek_\w+", ask)) - known] == []


def test_for_every_alert_there_is_something_to_do() -> None:
    names = [each["alert"] for each in alerts()]
    assert [name for name in names if f"`{name}`" not in OPERATIONS] == []
    assert [name for name in re.findall(r"`(Paprsek\w+)`", OPERATIONS) if name not in names] == []


def test_prometheus_understands_the_alerts() -> None:
    check = [program("promtool"), "check", "rules", str(DEPLOY / "alerts.yaml")]
    told = subprocess.run(check, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


def test_every_alert_has_words_and_a_weight() -> None:
    for alert in alerts():
        assert alert["annotations"]["summary"].endswith("."), alert
        assert alert["labels"]["severity"] in ("page", "warn"), alert


@pytest.mark.parametrize("name", sorted(each.name for each in DEPLOY.iterdir()))
def test_what_is_set_is_known(name: str) -> None:
    """A key that the configuration does not have would end every start."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    given = {each.removeprefix("PAPRSEK_").lower() for each in ENVIRONMENT.findall(text)}
    known = {
        f"{section}__{key}"
        for section, field in Config.model_fields.items()
        for key in getattr(field.annotation, "model_fields", {})
    }
    assert given <= known


def described() -> Iterator[dict[str, Any]]:
    yield from read("kubernetes.yaml")


def test_what_kubernetes_is_told_hangs_together() -> None:
    named = {(each["kind"], each["metadata"]["name"]): each for each in described()}
    assert all(each["apiVersion"] for each in described())
    pods = named["Deployment", "paprsek"]["spec"]
    labels = pods["template"]["metadata"]["labels"]
    for kind in ("Service", "PodDisruptionBudget"):
        selector = named[kind, "paprsek"]["spec"]["selector"]
        assert selector.get("matchLabels", selector).items() <= labels.items()
    assert pods["selector"]["matchLabels"].items() <= labels.items()
    [container] = pods["template"]["spec"]["containers"]
    ports = {port["name"] for port in container["ports"]}
    [service] = named["Service", "paprsek"]["spec"]["ports"]
    assert service["targetPort"] in ports
    assert {
        container[probe]["httpGet"]["port"] for probe in ("readinessProbe", "startupProbe")
    } == ports
    [rule] = named["Ingress", "paprsek"]["spec"]["rules"]
    for path in rule["http"]["paths"]:
        assert path["backend"]["service"] == {"name": "paprsek", "port": {"name": service["name"]}}
    for source in container["envFrom"]:
        if "configMapRef" in source:
            assert ("ConfigMap", source["configMapRef"]["name"]) in named


def test_a_replica_gets_the_time_that_it_asks_for() -> None:
    """Ten seconds to finish what is in hand, and a little more."""
    [compose] = read("compose.yaml")
    pods = next(each for each in described() if each["kind"] == "Deployment")["spec"]["template"]
    unit = (DEPLOY / "paprsek.service").read_text(encoding="utf-8")
    assert compose["services"]["paprsek"]["stop_grace_period"] == "20s"
    assert pods["spec"]["terminationGracePeriodSeconds"] == 20
    assert "TimeoutStopSec=20" in unit


def test_compose_hangs_together() -> None:
    [compose] = read("compose.yaml")
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        mounts = [each.split(":")[0] for each in service.get("volumes", ())]
        places = [each for each in mounts if not each.startswith(".")]
        assert set(places) <= set(compose["volumes"])
        assert all((DEPLOY / each).exists() for each in mounts if each.startswith("."))
    assert (ROOT / services["paprsek"]["build"]["dockerfile"]).exists()


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_its_units(unit: str, tmp_path: Path) -> None:
    """With a program where it is to be."""
    tool = program("systemd-analyze")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/bin/true")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/paprsek", str(tmp_path)))
    told = subprocess.run([tool, "verify", tmp_path / unit], capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")


def test_docker_understands_the_composition() -> None:
    tool = program("docker")
    if subprocess.run([tool, "compose", "version"], capture_output=True).returncode:
        pytest.skip("there is no `docker compose` here")
    given = ("TELEGRAM__TOKEN", "TELEGRAM__WEBHOOK_SECRET", "STORAGE__AUDIT_KEY")
    environment = {f"PAPRSEK_{name}": "x" for name in given} | {"PATH": "/usr/bin:/bin"}
    environment |= {"POSTGRES_PASSWORD": "x", "HOST": "bot.example.org"}
    config = [tool, "compose", "-f", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    told = subprocess.run(config, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
