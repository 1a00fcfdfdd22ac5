"""Whole matrices at once: the decisions of ``status`` over arrays. This part alone imports numpy, and is optional."""
