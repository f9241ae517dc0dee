"""What `urlopen` gives to the site that asks over HTTP: bytes with headers."""

import io
from typing import Any


class Answer(io.BytesIO):
    """The content and the headers of a response of Django's test client."""

    def __init__(self, response: Any) -> None:
        super().__init__(response.content)
        self.headers = response.headers
