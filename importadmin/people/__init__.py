"""Accounts: what an admin does with them, and what their own people do. Each change is in the audit log."""
