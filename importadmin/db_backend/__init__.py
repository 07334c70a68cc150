"""Django's PostgreSQL backend, which starts the embedded servers at the first connection and refuses unfit servers."""
