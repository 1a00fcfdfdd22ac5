"""Faults that really happen: processes killed, disks full, bits flipped, rows changed, servers crashed, clocks wrong.

What must hold: nothing acknowledged is lost, nothing half-written remains, damage is named and never answered from.
``make soak`` runs the long form.
"""
