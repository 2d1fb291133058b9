"""Pages of a team: seats, checklists, letters, calls, panels."""
