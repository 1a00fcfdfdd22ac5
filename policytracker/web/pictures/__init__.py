"""Drawings as files of their own, SVG and PNG: with title, dates, source and address, for other documents."""
