"""What tests run beside themselves, on 127.0.0.1 only: a bucket, and a Dask cluster. ``python services.py bucket DIRECTORY``.

A service prints its address when it is ready, and ends when its standard input does: at the latest with the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOBODY = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""Credentials that are good nowhere, and no search for others."""


@contextmanager
def service(*arguments: str, env: Mapping[str, str]) -> Iterator[str]:
    """Yield the address of a service as long as it runs."""
    with subprocess.Popen(
        [sys.executable, __file__, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(env),
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            assert address, f"{arguments[0]} did not start"
            yield address
        finally:
            process.stdin.close()
            process.wait(30)


def environment(**more: str) -> dict[str, str]:
    """Return the environment for a program that may ask a bucket."""
    home = {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
    return {**os.environ, **home, **NOBODY, **more}


def bucket(directory: str) -> None:
    """Serve an empty S3 with one bucket, which holds what is below ``directory``."""
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request helps nobody
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    import boto3

    store = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
    store.create_bucket(Bucket="bucket")
    for path in sorted(Path(directory).rglob("*")):
        if path.is_file():
            store.put_object(Bucket="bucket", Key=path.relative_to(directory).as_posix(), Body=path.read_bytes())
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()
    server.stop()


def cluster(workers: str) -> None:
    """Run a Dask cluster of processes, in which a task whose worker dies is not tried again."""
    import dask
    from distributed import LocalCluster

    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    with LocalCluster(
        n_workers=int(workers), threads_per_worker=1, processes=True, host="127.0.0.1",
        dashboard_address=None, worker_dashboard_address=None, silence_logs=50,
    ) as running:  # type: ignore[no-untyped-call]  # fmt: skip
        print(running.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    {"bucket": bucket, "cluster": cluster}[sys.argv[1]](sys.argv[2])
