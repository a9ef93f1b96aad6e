"""What pages and commands ask of typed records, documents and plans."""
