"""The numbers, dates, names and telling words of a text, in forms in which two texts can be compared. Pure."""
