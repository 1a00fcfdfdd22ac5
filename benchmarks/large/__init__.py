"""Large ledgers that are made up: realistic in their proportions, and the same for the same seed.

``python -m benchmarks.large doubtful 100000 > large.jsonl`` writes one as an interchange file.
"""
