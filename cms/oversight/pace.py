"""How fast one site may be asked, whoever asks."""

import threading
import time


class Pace:
    """Keeps `delay` seconds between two requests to one host, across threads."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Returns when the next request to `host` may be made."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free_at.get(host, now))
            self._free_at[host] = start + self.delay
        time.sleep(start - now)
