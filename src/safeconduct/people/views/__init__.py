"""Pages of this room: the doors, oneself, the office, access, the lock-down."""
