"""Django's mail API on the outbox: what Wagtail itself sends waits for no mail server either."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from cms.mail.outbox import queue_mail

SYSTEM_KIND = "system"


class OutboxBackend(BaseEmailBackend):
    """`EMAIL_BACKEND`: password resets and notices of comments go into the outbox.

    They are plain text in the language that is active. The outbox sends through `MAIL_BACKEND`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queues each message for each recipient. Raises `ValueError` for attachments."""
        for message in email_messages:
            if message.attachments:
                raise ValueError("The outbox takes no attachments.")
            for address in message.recipients():
                queue_mail(SYSTEM_KIND, address, str(message.subject), str(message.body))
        return len(email_messages)
