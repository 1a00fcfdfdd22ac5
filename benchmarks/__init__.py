"""Ratios against something measured in the same run; nothing here fails a test."""
