"""The questions, asked of the shipped history and of ledgers that Hypothesis makes up."""
