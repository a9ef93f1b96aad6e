"""Frames to documents."""
