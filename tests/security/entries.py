"""Every way by which somebody from outside can make the bot do something, from the registries."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Any

import handlers
from bot.kit import reception as reception  # its buttons belong to every form
from bot.kit import routes
from bot.kit.forms import Form

Entry = Callable[..., Any]

# What only tells us of something is answered by nobody, and is judged by its source.
LISTS: dict[str, Sequence[Entry]] = {
    "what somebody sends": routes.takers,
    "a reply": routes.repliers,
    "a reply in a group": routes.group_repliers,
    "an edited message": routes.edits,
    "a request to be let in": routes.join_requests,
    "a place in a chat": routes.members,
    "a vote": routes.poll_answers,
    "a poll": routes.polls,
    "a move of a group": routes.moves,
}


def load_everything() -> None:
    """Forms and buttons are known once their modules are."""
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        importlib.import_module(module.name)


def entries() -> dict[str, Entry]:
    """By names that stay the same from one version to the next."""
    load_everything()
    found: dict[str, Entry] = {}
    for kind, route in routes.presses.items():
        found[f"button {kind.prefix}"] = route.act
    for command in routes.commands:
        found[f"command /{command.names[0]}"] = command.route.act
    for name, act in routes.group_commands.items():
        found[f"group command /{name}"] = act
    for letter, follow in routes.links.items():
        found[f"link {letter}"] = follow
    for what, route in routes.fallbacks.items():
        found[f"fallback {what}"] = route.act
    for place, run in routes.inline.items():
        found[f"inline {place}"] = run
    for what, acts in LISTS.items():
        found |= {f"{what}: {_named(act)}": act for act in acts}
    for name, form in Form.known.items():
        found |= _of_form(name, form)
    return found


def _of_form(name: str, form: Form) -> dict[str, Entry]:
    """Where an answer, typed or chosen, leads to."""
    found: dict[str, Entry] = {f"form {name}: done": form.done, f"form {name}: left": form.left}
    for question in form.questions:
        if question.each is not None:
            found[f"form {name}: {question.name}"] = question.each
    return found


def _named(act: Entry) -> str:
    return f"{act.__module__}.{act.__qualname__}"
