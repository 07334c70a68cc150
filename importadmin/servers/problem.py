class ServerProblem(Exception):
    """An embedded server, or one named by a URL, can't be used. The text is one sentence with its remedy."""
