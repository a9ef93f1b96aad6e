"""What the terminal can be asked, by area; `cli.py` gathers them."""
