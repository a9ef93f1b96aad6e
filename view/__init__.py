"""From frames to pixels: what a reader sees, in the language the reader chose."""
