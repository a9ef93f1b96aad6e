"""What people type and no import brings, kept in one SQLite file that several may write at once."""
