"""What the signatures of a released item say about the others: read by publishing and verifying."""

from typing import Any

from cms.signoff.models import Decision, ReleaseAct, Signature
from cms.signoff.release_content import entry_of
from cms.signoff.roles import Role, required_roles


class NotWhole(Exception):
    """The signatures of an item do not belong to one whole release."""


def needed_roles(
    data: dict[str, Any], content_hash: str, signatures: list[Signature]
) -> tuple[list[Role], ReleaseAct | None]:
    """Who must have signed a snapshot, in order, and the last act where it is released with others.

    For a single item the rule of `required_roles`; for an item of a release the roles of the
    release, which are at least those. Raises `NotWhole` where some signatures name a release and
    others do not, or where the acts on the release are not all for the same manifest, or do not
    name this very content.
    """
    required = required_roles(data["signing"])
    releases = {signature.release for signature in signatures} or {""}
    if releases == {""}:
        return required, None
    acts = _acts_of(signatures)
    manifests = {act.manifest for act in acts}
    if len(releases) != 1 or len(acts) != len(signatures) or len(manifests) != 1:
        raise NotWhole
    manifest = acts[0].data
    is_named = entry_of(data, content_hash) in manifest["items"]
    if not is_named or manifest["release"] not in releases:
        raise NotWhole
    roles = [Role(role) for role in manifest["roles"]]
    if not set(required) <= set(roles):
        raise NotWhole
    return roles, acts[-1]


def _acts_of(signatures: list[Signature]) -> list[ReleaseAct]:
    """The act that made each signature, in order; fewer where one has none."""
    names = {signature.release for signature in signatures}
    acts = ReleaseAct.objects.filter(release__in=names, decision=Decision.APPROVE)
    by_sequence = {sequence: act for act in acts for sequence in act.signature_sequences}
    found = [by_sequence.get(signature.sequence) for signature in signatures]
    return [
        act
        for act, signature in zip(found, signatures, strict=True)
        if act and (act.role, act.user_id) == (signature.role, signature.user_id)
    ]
