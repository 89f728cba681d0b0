"""Real answers of sources, which are not ours to publish: for tests where a folder is at hand."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("PAPRSEK_SAMPLES", ""))
needed = pytest.mark.skipif(
    not os.environ.get("PAPRSEK_SAMPLES"), reason="PAPRSEK_SAMPLES names no folder"
)
