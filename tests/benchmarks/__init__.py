"""How fast Paprsek is, beside a plain bot that does the same on the same machine in the same run.

`python -m tests.benchmarks` prints a table; nothing here is a test and nothing has a limit.
"""
