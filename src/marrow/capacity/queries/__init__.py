"""What is asked of the ladder, of machines, and of the one measure."""
