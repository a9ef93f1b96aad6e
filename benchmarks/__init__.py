"""How fast Junheng is, as ratios measured in one run: `python -m benchmarks`."""
