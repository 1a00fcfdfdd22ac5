"""What export and import policy on AI chips held on any day, as known on any day.

This module imports nothing: a question should not wait for parts that it does not use.
"""
