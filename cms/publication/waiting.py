"""The withdrawals that wait for the second signature."""

from typing import Any

from django.db.models import Q, QuerySet

from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import EXCEPTION_ROLES, WITHDRAWING_ROLES, withdrawable_by
from cms.signoff.models import Signature


def waiting_withdrawals(user: Any) -> QuerySet[Withdrawal]:
    """Those under way that somebody else asked for; none for who may not sign them second."""
    standing = Publication.objects.standing()
    plain = standing.filter(withdrawable_by(user, WITHDRAWING_ROLES))
    early = standing.filter(withdrawable_by(user, EXCEPTION_ROLES))
    signed = Q(ground="", publication__in=plain) | (~Q(ground="") & Q(publication__in=early))
    own = Signature.objects.filter(user_id=user.pk).values("sequence")
    return (
        Withdrawal.objects.under_way()
        .filter(signed)
        .exclude(first_signature__in=own)
        .select_related("publication")
        .defer("publication__snapshot")
        .order_by("requested_at")
    )
