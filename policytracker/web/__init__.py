"""The tracker in a browser, and as files to share: pages carry the answers of the questions and draw them."""
