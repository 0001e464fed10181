"""The same import with dlt: its REST source, an incremental cursor and `merge`, as its documentation shows.

    with_dlt.py DATABASE ADDRESS FOLDER

FOLDER keeps the pipeline's state. DATABASE is a SQLite or DuckDB file or a postgres: address. Prints what it took as JSON.
"""
import json
import os
import resource
import sys
import time

os.environ.update(
    # As its page on performance advises: no progress, no telemetry, one worker for each core, larger files.
    RUNTIME__DLTHUB_TELEMETRY="false", RUNTIME__LOG_LEVEL="ERROR", NORMALIZE__WORKERS="2", EXTRACT__WORKERS="4",
    DATA_WRITER__BUFFER_MAX_ITEMS="10000", NORMALIZE__DATA_WRITER__FILE_MAX_ITEMS="100000")

import dlt  # noqa: E402
from dlt.sources.rest_api import rest_api_source  # noqa: E402

# What the product and the other peers keep too.
FIELDS = {
    "customer": ("internalId", ["internalId", "number", "name", "status", "lastModifiedDateTime"],
                 {"mainAddress": ["addressLine1", "postalCode", "city"],
                  "deliveryAddress": ["addressLine1", "postalCode", "city"]}),
    "project": ("internalID", ["internalID", "projectID", "description", "status", "startDate",
                               "lastModifiedDateTime"],
                {"customer": ["number"], "projectManager": ["employeeNumber"]}),
    "projecttask": ("internalId", ["internalId", "projectInternalId", "taskId", "description", "status",
                                   "lastModifiedDateTime"], {}),
    "inventory": ("inventoryId", ["inventoryId", "inventoryNumber", "description", "status", "type", "defaultPrice",
                                  "currentCost", "baseUnit", "lastModifiedDateTime"], {}),
}


def chosen(name):
    _, plain, nested = FIELDS[name]

    def choose(record):
        row = {field: record.get(field) for field in plain}
        for outer, fields in nested.items():
            inner = record.get(outer) or {}
            for field in fields:
                row[f"{outer}_{field}"] = inner.get(field)
        return row
    return choose


def resource_of(name, is_full):
    endpoint = {
        "path": f"v1/{name}", "params": {"pageSize": 500},
        "paginator": {"type": "page_number", "base_page": 1, "page_param": "pageNumber", "total_path": None},
    }
    if not is_full:
        endpoint["incremental"] = {
            "start_param": "lastModifiedDateTime", "cursor_path": "lastModifiedDateTime",
            "initial_value": "2000-01-01T00:00:00.000"}
        endpoint["params"]["lastModifiedDateTimeCondition"] = ">="
    return {
        "name": name, "primary_key": FIELDS[name][0], "write_disposition": "merge",
        "processing_steps": [{"map": chosen(name)}], "endpoint": endpoint,
    }


def main(database, address, folder):
    is_full = address.endswith(("/first", "/nightly"))
    start, before = time.monotonic(), [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    if not database.startswith("postgres:") and not database.endswith(".duckdb"):
        os.environ["LOAD__WORKERS"] = "1"  # SQLite has one writer; more of them end with "database is locked"
    if database.startswith("postgres:"):
        destination = dlt.destinations.postgres(database.replace("postgres:", "postgresql:", 1))
    elif database.endswith(".duckdb"):
        destination = dlt.destinations.duckdb(database)
    else:
        destination = dlt.destinations.sqlalchemy(f"sqlite:///{database}")
    pipeline = dlt.pipeline("bench", destination=destination, dataset_name="erp", pipelines_dir=folder)
    source = rest_api_source({
        "client": {"base_url": address + "/"}, "resources": [resource_of(name, is_full) for name in FIELDS]})
    pipeline.run(source)
    counts = {"seconds": time.monotonic() - start}
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    counts["cpu"] = sum(a.ru_utime + a.ru_stime - b.ru_utime - b.ru_stime for a, b in zip(after, before))
    rows = pipeline.last_trace.last_normalize_info.row_counts
    counts["read"] = sum(rows.get(name, 0) for name in FIELDS)
    with open("/proc/self/status") as status:
        counts["peak_mb"] = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
    print(json.dumps(counts))


if __name__ == "__main__":
    main(*sys.argv[1:])
