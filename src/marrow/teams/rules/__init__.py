"""Pure decisions about teams: which stage follows which, and the clock of forming."""
