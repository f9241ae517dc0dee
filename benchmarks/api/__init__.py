"""What the API costs beside a hand-written view: `python -m benchmarks.api` (`make bench`)."""
