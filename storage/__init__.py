"""What we remember: the tables and the named queries of one feature a file."""

from sqlmodel import SQLModel

# Rows come from our own code and from the database: what pydantic would check them by is never
# asked for, and making it takes half of the time in which tables are set up.
SQLModel.model_config["defer_build"] = True
