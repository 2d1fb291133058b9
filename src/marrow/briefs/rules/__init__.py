"""Pure rules of what a team tells: when a month's brief is due, the daily report, checks after."""
