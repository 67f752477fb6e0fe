# One image for every part; the command says which: up (all of them), web, worker, timetable.
FROM python:3.12-slim

RUN useradd --create-home --uid 10001 ringfence && install -d -o ringfence -m 0700 /data
WORKDIR /app

# Packages first, by their hashes, so that a change of ours does not fetch them again.
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE app.py ./
COPY dialer dialer
COPY workers workers
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

USER ringfence
ENV RINGFENCE_DATA_DIR=/data RINGFENCE_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
# TERM reaches the supervisor, which ends its parts in order.
STOPSIGNAL SIGTERM
ENTRYPOINT ["ringfence"]
CMD ["up"]
