"""What pages and commands may ask of documents, typed records and plans: read, hand on, keep."""
