"""Pure decisions about people: specialties, and whether somebody fits a post."""
