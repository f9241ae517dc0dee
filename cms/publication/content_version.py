"""One token that changes whenever a public answer may. What time alone changes: see `horizon`.

Decision record: docs/decisions/0026. Triggers in the database (`content_version_triggers`) give
a new token in the transaction of every write to what the public reads, whoever writes.
"""

from django.db import connection, models

_READ = "SELECT token FROM publication_contentversion WHERE id = 1"


class ContentVersion(models.Model):
    """The only row of its table. The token is random: after a rollback none comes back."""

    wagtail_reference_index_ignore = True

    token = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.token


def content_version() -> str | None:
    """The token as the present transaction sees it: one row by its key.

    Read it before what is to be kept under it: a write in between then spoils what nobody looks
    for any more. None where there is none: then nothing may be kept.

    Asked for at every answer, so without Django's cursor, which costs more than the question.
    Raises `DatabaseError`.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = connection.connection.execute(_READ).fetchone()
    return row[0] if row else None
