"""From raw files to published figures: import, landing, refresh, snapshots, reading."""
