"""The program as a later version would be: the same code, and migrations that this one lacks."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from storage import migrate
from tests.chaos.stage import ROOT

MIGRATION = '''\
"""{says}"""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{after}"
expands = {expands}


def upgrade() -> None:
    op.create_table("novelty_{number}", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("person", sa.Column("novelty_{number}", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "novelty_{number}")
    op.drop_table("novelty_{number}")
'''


@dataclass(frozen=True)
class Version:
    """Where its code is, and the migration that it brings."""

    folder: Path
    revision: str


def later(place: Path, *, expands: bool, after: Version | None = None) -> Version:
    """One whose migration only adds, or changes what older ones rely on."""
    before = after.revision if after else migrate.newest()
    revision = str(9001 + (after is not None))
    source = after.folder if after else ROOT
    folder = place / f"version-{revision}"
    folder.mkdir()
    for name in ("bot", "handlers"):
        (folder / name).symlink_to(ROOT / name)
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source / "storage", folder / "storage", ignore=unwanted)
    told = {"says": "what is new", "number": revision, "after": before, "expands": expands}
    path = folder / "storage" / "migrations" / "versions" / f"{revision}_what_is_new.py"
    path.write_text(MIGRATION.format(**told))
    return Version(folder, revision)
