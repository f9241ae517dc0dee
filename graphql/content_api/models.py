"""Text that is made once for each publication, so that no answer has to make it again."""

from django.db import models

from cms.publication.models import Publication


class ReadyJson(models.Model):
    """What one shape of question gets of one publication; holes stand where that may change.

    Every row can be made again at any time from the publication: it is no part of the record.
    """

    wagtail_reference_index_ignore = True

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="ready_texts"
    )
    shape = models.CharField(max_length=32)
    text = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["shape", "publication"], name="one_text_per_shape")
        ]

    def __str__(self) -> str:
        return f"{self.shape} of {self.publication_id}"
