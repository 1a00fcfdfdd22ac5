"""Engines that answer the same questions of the same claims: how a careful user of each would ask."""
