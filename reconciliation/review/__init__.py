"""The queue of open questions, and what a reviewer can answer to one."""
