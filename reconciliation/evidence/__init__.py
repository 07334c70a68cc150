"""What a reviewer sees of a case, before any score: people, their results on one time line, the line as written."""
