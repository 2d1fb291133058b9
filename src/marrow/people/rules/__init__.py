"""Pure decisions about people: languages, and whether somebody fits a post."""
