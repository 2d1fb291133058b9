"""Pure decisions about missions: reading records of teams, and making series of them."""
