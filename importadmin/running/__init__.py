"""`manage.py run`: the web server, the worker and the embedded servers, kept going by one process."""
