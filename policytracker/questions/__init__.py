"""The questions: each reads the projections, folds with the status part, and answers in plain values."""
