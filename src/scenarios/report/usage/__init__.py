"""What is said of usage."""
