"""An operation rehearsed day by day, under several policies, beside the best that hindsight could have done."""
