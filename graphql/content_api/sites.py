"""The argument `site` of the root fields that ask for what belongs to one site."""

from functools import partial
from typing import Any

import graphene

# Ids, hashes, keys, alerts and answers to assessors are the same on every site.
_EVERYWHERE = {
    *("alert", "alerts", "alerts_in_force", "assessment", "assessments"),
    *("node", "nodes", "preview", "verification"),
}


def add_site_argument(query: Any) -> None:
    """Lets each root field be asked of another site than that of the request's host."""
    for name, field in query._meta.fields.items():
        if name in _EVERYWHERE:
            continue
        field.args["site"] = graphene.Argument(
            graphene.String,
            description="The hostname or id of a site; default: that of the request's host.",
        )
        field.resolver = partial(_on_site, getattr(query, f"resolve_{name}"))


def _on_site(resolve: Any, root: Any, info: Any, site: str | None = None, **arguments: Any) -> Any:
    with info.context.on_site(site):
        return resolve(root, info, **arguments)
