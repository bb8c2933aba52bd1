"""What an operator does to a deployment: make it, check it, serve it, back it up, restore it, upgrade it."""
