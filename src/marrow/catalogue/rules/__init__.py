"""Pure decisions about the catalogue: specialties, who should contain what, what a file tells."""
