"""Charts made on the server: from answers to places on a drawing, as plain values that a template draws."""
