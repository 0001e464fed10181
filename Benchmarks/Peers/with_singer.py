"""The same import the Singer way: a tap by the Singer SDK, piped into Meltano's target for PostgreSQL.

    with_singer.py DATABASE ADDRESS FOLDER

FOLDER keeps the state between the occasions. DATABASE is a postgres: address. Prints what it took as JSON: the two
processes' CPU and peaks together.
"""
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.parse

from json_schema import STREAMS, TEXT


def tap():
    """The tap's own process."""
    from singer_sdk import Tap
    from singer_sdk.pagination import BasePageNumberPaginator
    from singer_sdk.streams import RESTStream

    class UntilEmpty(BasePageNumberPaginator):
        def has_more(self, response):
            return response.content.strip() != b"[]"

    class List(RESTStream):
        records_jsonpath = "$[*]"

        @property
        def url_base(self):
            return self.config["address"]

        def get_new_paginator(self):
            return UntilEmpty(start_value=1)

        def get_url_params(self, context, next_page_token):
            params = {"pageSize": 500, "pageNumber": next_page_token}
            since = self.get_starting_replication_key_value(context)
            if since and not self.config["is_full"]:
                params |= {"lastModifiedDateTime": since, "lastModifiedDateTimeCondition": ">="}
            return params

    class BenchTap(Tap):
        name = "tap-bench"
        config_jsonschema = {"properties": {"address": {"type": "string"}, "is_full": {"type": "boolean"}}}

        def discover_streams(self):
            for name, (key, fields) in STREAMS.items():
                kind = type(name, (List,), {
                    "name": name, "path": f"/v1/{name}", "primary_keys": (key,),
                    "replication_key": "lastModifiedDateTime",
                    "schema": {"properties": {key: {"type": "integer"}, "lastModifiedDateTime": TEXT, **fields}}})
                yield kind(tap=self)

    BenchTap.cli()


def main(database, address, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    state, own = folder / "state.json", folder / "tap.json"
    own.write_text(json.dumps({"address": address, "is_full": address.endswith(("/first", "/nightly"))}))
    place = urllib.parse.urlparse(database)
    target = folder / "target.json"
    target.write_text(json.dumps({
        "host": place.hostname, "port": place.port, "user": place.username, "password": place.password,
        "database": place.path[1:], "default_target_schema": "erp", "add_record_metadata": False,
        # As its page advises: COPY into a temporary table, in large batches.
        "activate_version": False, "use_copy": True, "batch_size_rows": 50_000, "validate_records": False}))
    start = time.monotonic()
    words = [sys.executable, __file__, "--tap", "--config", own]
    if state.exists() and state.read_text().strip():
        words += ["--state", state]
    log = open(folder / "log", "ab")
    reading, writing = os.pipe()
    sender = subprocess.Popen(words, stdout=writing, stderr=log)
    os.close(writing)
    fresh = folder / "fresh.json"
    with open(fresh, "wb") as kept:
        receiver = subprocess.Popen(
            [pathlib.Path(sys.executable).parent / "target-postgres", "--config", target], stdin=reading, stdout=kept,
            stderr=log)
    os.close(reading)
    ends = [os.wait4(process.pid, 0) for process in (sender, receiver)]
    if any(code for _, code, _ in ends):
        sys.exit((folder / "log").read_text()[-3000:])
    lines = fresh.read_text().strip().splitlines()
    if lines:
        state.write_text(lines[-1])
    told = {
        "seconds": time.monotonic() - start, "cpu": sum(u.ru_utime + u.ru_stime for _, _, u in ends),
        "peak_mb": sum(u.ru_maxrss for _, _, u in ends) // 1024}
    print(json.dumps(told))


if __name__ == "__main__":
    if "--tap" in sys.argv:
        sys.argv.remove("--tap")
        tap()
    else:
        main(*sys.argv[1:])
