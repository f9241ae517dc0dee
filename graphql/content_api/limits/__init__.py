"""What a request may cost, decided before it runs: size, shape, cost, time, and rate."""
