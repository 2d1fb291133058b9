"""What is asked of what teams tell, by topic."""
