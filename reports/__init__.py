"""Frames to documents: pure functions that return bytes."""
