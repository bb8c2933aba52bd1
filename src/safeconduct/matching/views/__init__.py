"""The pages of doubles: the queue, two cases side by side, a family that stands together, shared cards."""
