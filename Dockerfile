# The program as an image: `docker build -t diplograph .`
# Without DIPLOGRAPH_NEO4J_URI it runs its embedded engine; data are in /data.
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE diplograph.py ./
COPY graph graph
COPY loaders loaders
COPY api api
COPY commands commands
COPY schema schema
COPY queries queries
COPY samples samples
RUN python -m venv /opt/diplograph \
 && /opt/diplograph/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt .

FROM python:3.12-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin diplograph \
 && install -d -o diplograph -g diplograph -m 0700 /data
COPY --from=build /opt/diplograph /opt/diplograph
ENV PATH=/opt/diplograph/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DIPLOGRAPH_DATA=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=5 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=8)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["diplograph"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
