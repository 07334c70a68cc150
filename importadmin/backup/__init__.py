"""Backup and restore: the database by pg_dump, the uploads file by file, and a manifest to check them against."""
