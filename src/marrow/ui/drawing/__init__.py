"""Pictures drawn on the server: the map, the strip of batches, the timeline. No Django here."""
