# Two stages: the first has pip and the build tools, the second only Python and the bot.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
RUN python -m venv /opt/counterpoint
COPY requirements.lock ./
RUN /opt/counterpoint/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot bot
COPY storage storage
COPY config config
COPY seeds seeds
# What only the build and the playground's stricter parser need stays behind.
RUN /opt/counterpoint/bin/pip install --no-deps --no-build-isolation . \
    && /opt/counterpoint/bin/pip check \
    && /opt/counterpoint/bin/pip uninstall --yes \
        hatchling packaging pathspec pluggy tomlkit trove-classifiers tdjson setuptools pip

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data counterpoint \
    && install --directory --owner=10001 --group=10001 /data
COPY --from=build /opt/counterpoint /opt/counterpoint
# Byte code was made by the build; nothing is written outside /data and /tmp.
ENV PATH=/opt/counterpoint/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# From here the defaults are /data/counterpoint.db and, if it is mounted, /config.
WORKDIR /
VOLUME /data
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["counterpoint", "health"]
ENTRYPOINT ["counterpoint"]
CMD ["run"]
