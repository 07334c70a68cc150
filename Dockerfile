FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --user-group --home-dir /app importadmin \
    && mkdir -p /app /data && chown importadmin:importadmin /data
WORKDIR /app

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY manage.py ./
COPY importadmin importadmin
COPY meets meets
COPY reconciliation reconciliation
COPY templates templates
COPY static static

USER importadmin
ENV IMPORTADMIN_DATA=/data
VOLUME /data
EXPOSE 8000
# Any answer means that the web server lives; /healthz also says whether its database does.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz', headers={'Host': 'localhost'}); raise SystemExit(c.getresponse().status != 200)"]

CMD ["sh", "-c", "python manage.py migrate --verbosity 0 && python manage.py collectstatic --no-input --verbosity 0 && exec python -m gunicorn importadmin.wsgi:application --bind 0.0.0.0:8000 --worker-class gthread --workers 2 --threads 8 --no-control-socket"]
