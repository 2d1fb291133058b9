"""Pure decisions: kinds and their words, months, the two grains, what stands out."""
