"""The documentation as HTML: one renderer for ``make docs``, which writes files, and for the server, at ``/docs``.

``text/`` mirrors the repository by links, so that pages keep the addresses that they have there, and so that a wheel
holds them.
"""
