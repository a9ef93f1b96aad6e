"""Documents, and the one script that writes a part of them."""
