"""The plain-language layer: events, claims, answers and changes as sentences for readers who know no ids.

Pages, feeds, digests and briefs take their sentences from here. Beside a sentence stands the precise line, with
selectors, refs and citations (``questions/telling``). All texts are as untrusted as the reports that they come from.
"""
