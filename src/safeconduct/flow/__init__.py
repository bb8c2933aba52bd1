"""What follows from what: after a plea, after something was told, after rules changed. Plain functions, no signals."""
