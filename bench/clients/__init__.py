"""Programs that ask for every address in a file, and print how many whole answers they had, and their bytes."""
