"""Reading a bundle: files to rows and problems. Pure Python: nothing here knows Django or a database."""
