"""What an operator can see of the answers: metrics, traces, the log of slow operations."""
