"""Programs of the system: the one on PATH, or the one that `make programs` has unpacked."""

import os
import shutil
from pathlib import Path

import pytest

UNPACKED = Path(__file__).parents[1] / ".tools" / "programs" / "usr" / "bin"


def program(name: str) -> str:
    """Where it is. Skips the test where it is not."""
    path = os.pathsep.join((os.environ["PATH"], "/usr/sbin", str(UNPACKED)))
    found = shutil.which(name, path=path)
    if found is None:
        pytest.skip(f"there is no {name} here")
    return found
