"""a sample of instruments with an index of its own"""

from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None
expands = True

# Whoever reads of a list only what is in the sample, reads the whole list for it; this one has
# nothing else in it.
SAMPLE = (
    "CREATE INDEX ix_instrument_sample ON instrument "
    "USING gin (array_to_tsvector(string_to_array(marks, ' '))) WHERE strpos(marks, 'b:0 ') > 0"
)
FOUND = (
    "CREATE OR REPLACE FUNCTION instrument_found(wanted text, most integer) RETURNS SETOF integer "
    "LANGUAGE sql STABLE SET enable_seqscan = off AS $$ "
    "WITH sample AS MATERIALIZED (SELECT id FROM instrument WHERE {sampled} LIMIT most) "
    "SELECT id FROM sample WHERE (SELECT count(*) FROM sample) >= most UNION ALL "
    "(SELECT id FROM instrument WHERE (SELECT count(*) FROM sample) < most AND "
    "array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(wanted AS tsquery) LIMIT most) $$"
)
BY_ITS_INDEX = (
    "strpos(marks, 'b:0 ') > 0 "
    "AND array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(wanted AS tsquery)"
)
BY_ITS_MARK = (
    "array_to_tsvector(string_to_array(marks, ' ')) "
    "@@ (CAST(wanted AS tsquery) && CAST('''b:0''' AS tsquery))"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(SAMPLE)
        op.execute(FOUND.format(sampled=BY_ITS_INDEX))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(FOUND.format(sampled=BY_ITS_MARK))
        op.execute('DROP INDEX ix_instrument_sample')
