"""When ready text is made: after each publication, and hourly for what is lacking or outdated."""

from django.db.models import QuerySet
from django_tasks import task

from cms.publication.models import Publication
from content_api.compiled.making import BATCH, stored_shapes
from content_api.models import ReadyJson


@task(backend="queue")
def make_for(publication_id: int) -> None:
    """What the worker runs for one publication. It may be called any number of times."""
    rows = Publication.objects.standing().filter(pk=publication_id).select_related("address")
    stored_shapes().make(list(rows))


def make_missing() -> tuple[int, int]:
    """Makes every text that stored operations ask of what stands in public, and drops all others.

    Another version of the code asks for other shapes: after an update this makes all anew, while
    answers are made without ready text. Returns how many texts were made and dropped.
    """
    shapes, made = stored_shapes(), 0
    asked: set[str] = set()
    standing = Publication.objects.standing()
    for type_name in standing.order_by().values_list("type", flat=True).distinct():
        asked.update(shapes.of(type_name))
    keys = standing.order_by().values("pk")
    outdated = ReadyJson.objects.exclude(shape__in=asked, publication__in=keys)
    dropped = outdated.delete()[0]
    done = 0
    while batch := list(_after(standing, done)):
        made += shapes.make(batch)
        done = batch[-1].pk
    return made, dropped


def _after(standing: QuerySet, key: int) -> QuerySet:
    return standing.filter(pk__gt=key).select_related("address").order_by("pk")[:BATCH]
