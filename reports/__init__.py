"""From frames to documents an office hands on."""
