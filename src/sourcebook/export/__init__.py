"""What leaves a library as a file of its own."""
