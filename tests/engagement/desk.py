"""The people at the desks, and the desks' addresses."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cms.demonstration.clerk import Clerk
from cms.engagement.channels import DESK_GROUPS, Channel
from tests.office import Office


def handler(office: Office, channel: str, username: str = "") -> Clerk:
    """Somebody who works at one desk."""
    clerk = office.clerk(username or f"desk-{channel}")
    clerk.user.groups.add(Group.objects.get(name=DESK_GROUPS[Channel(channel)]))
    return clerk


def desk_url(channel: str, name: str = "index", *args: Any) -> str:
    """An address in the admin."""
    return reverse(f"citizens_{channel}:{name}", args=args)


def act(client: Client, case: Any, name: str, **values: Any) -> Any:
    """Sends one of the small forms beside a case."""
    url = desk_url(case.channel, "case", case.reference)
    return client.post(url, {"act": name, **values})
