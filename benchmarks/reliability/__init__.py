"""What happens to a county's data when things go wrong: kills, crowds, full disks, damaged files."""
