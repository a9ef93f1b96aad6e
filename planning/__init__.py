"""From frames to plans: what follows from a change, what reaches the line at least cost, what comes next."""
