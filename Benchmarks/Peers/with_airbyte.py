"""The same import with Airbyte: a declarative source of its CDK, read by PyAirbyte into its DuckDB cache.

    with_airbyte.py DATABASE ADDRESS FOLDER

FOLDER is where it works. DATABASE is a DuckDB file, which keeps the state too. Prints what it took as JSON.
"""
import json
import os
import resource
import sys
import time

os.environ.update(DO_NOT_TRACK="1", AIRBYTE_OFFLINE_MODE="1")

import airbyte  # noqa: E402
from json_schema import STREAMS, TEXT  # noqa: E402


def stream(name, address, is_full):
    key, fields = STREAMS[name]
    since = {} if is_full else {
        "lastModifiedDateTimeCondition": ">=",
        "lastModifiedDateTime": "{{ stream_interval['start_time'] }}"}
    whole = {
        "type": "DeclarativeStream", "name": name, "primary_key": [key],
        "schema_loader": {"type": "InlineSchemaLoader", "schema": {
            "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": False,
            "properties": {key: {"type": "integer"}, "lastModifiedDateTime": TEXT, **fields}}},
        "retriever": {
            "type": "SimpleRetriever",
            "requester": {
                "type": "HttpRequester", "url_base": address, "path": f"/v1/{name}", "http_method": "GET",
                "request_parameters": since},
            "record_selector": {
                "type": "RecordSelector", "extractor": {"type": "DpathExtractor", "field_path": []}},
            "paginator": {
                "type": "DefaultPaginator",
                "page_token_option": {
                    "type": "RequestOption", "inject_into": "request_parameter", "field_name": "pageNumber"},
                "page_size_option": {
                    "type": "RequestOption", "inject_into": "request_parameter", "field_name": "pageSize"},
                "pagination_strategy": {
                    "type": "PageIncrement", "start_from_page": 1, "page_size": 500,
                    "inject_on_first_request": True}}}}
    if not is_full:
        whole["incremental_sync"] = {
            "type": "DatetimeBasedCursor", "cursor_field": "lastModifiedDateTime",
            "datetime_format": "%Y-%m-%dT%H:%M:%S.%f",
            "cursor_datetime_formats": ["%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S"],
            "start_datetime": {"type": "MinMaxDatetime", "datetime": "2000-01-01T00:00:00.000000"}}
    return whole


def main(database, address, folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    is_full = address.endswith(("/first", "/nightly"))
    start = time.monotonic()
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    source = airbyte.get_source("source-bench", config={}, source_manifest={
        "version": "6.0.0", "type": "DeclarativeSource",
        "check": {"type": "CheckStream", "stream_names": ["project"]},
        "streams": [stream(name, address, is_full) for name in STREAMS],
        "spec": {"type": "Spec", "connection_specification": {"type": "object", "properties": {}}}})
    source.select_all_streams()
    cache = airbyte.caches.DuckDBCache(db_path=database)
    result = source.read(cache=cache, write_strategy="merge", force_full_refresh=is_full, skip_validation=True)
    told = {"seconds": time.monotonic() - start, "read": result.processed_records}
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told["cpu"] = sum(a.ru_utime + a.ru_stime - b.ru_utime - b.ru_stime for a, b in zip(after, before))
    told["peak_mb"] = max(usage.ru_maxrss for usage in after) // 1024
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
