"""The import that a good engineer writes by hand: pages fetched at once, typed decoding, bulk upserts.

    by_hand.py DATABASE ADDRESS

DATABASE is a SQLite file or a postgres: address; ADDRESS is that of one occasion on the server. What has been read is
told by the newest time of each list, as in any such script. Prints what it took as JSON.
"""
import asyncio
import json
import resource
import sqlite3
import sys
import time
from urllib.parse import quote

import aiohttp
import msgspec

PAGE_SIZE = 500
IN_FLIGHT = 4


class Address(msgspec.Struct):
    addressLine1: str | None = None
    postalCode: str | None = None
    city: str | None = None


class Numbered(msgspec.Struct):
    number: str | None = None


class Manager(msgspec.Struct):
    employeeNumber: str | None = None


class Customer(msgspec.Struct):
    internalId: int
    number: str
    lastModifiedDateTime: str
    name: str | None = None
    status: str | None = None
    mainAddress: Address = msgspec.field(default_factory=Address)
    deliveryAddress: Address = msgspec.field(default_factory=Address)

    def row(self):
        main, delivery = self.mainAddress, self.deliveryAddress
        return (self.internalId, self.number, self.name, self.status, main.addressLine1, main.postalCode, main.city,
                delivery.addressLine1, delivery.postalCode, delivery.city, self.lastModifiedDateTime)


class Project(msgspec.Struct):
    internalID: int
    projectID: str
    lastModifiedDateTime: str
    description: str | None = None
    status: str | None = None
    startDate: str | None = None
    customer: Numbered = msgspec.field(default_factory=Numbered)
    projectManager: Manager = msgspec.field(default_factory=Manager)

    def row(self):
        return (self.internalID, self.projectID, self.description, self.status, self.startDate, self.customer.number,
                self.projectManager.employeeNumber, self.lastModifiedDateTime)


class ProjectTask(msgspec.Struct):
    internalId: int
    projectInternalId: int
    taskId: str
    lastModifiedDateTime: str
    description: str | None = None
    status: str | None = None

    def row(self):
        return (self.internalId, self.projectInternalId, self.taskId, self.description, self.status,
                self.lastModifiedDateTime)


class Item(msgspec.Struct):
    inventoryId: int
    inventoryNumber: str
    lastModifiedDateTime: str
    description: str | None = None
    status: str | None = None
    type: str | None = None
    defaultPrice: float = 0
    currentCost: float = 0
    baseUnit: str | None = None

    def row(self):
        return (self.inventoryId, self.inventoryNumber, self.description, self.status, self.type, self.defaultPrice,
                self.currentCost, self.baseUnit, self.lastModifiedDateTime)


LISTS = [
    ("customer", "customer", Customer,
     "id BIGINT, number TEXT, name TEXT, status TEXT, street TEXT, postal_code TEXT, city TEXT, delivery_street TEXT,"
     " delivery_postal_code TEXT, delivery_city TEXT, modified TEXT", "number"),
    ("project", "project", Project,
     "id BIGINT, number TEXT, name TEXT, status TEXT, start_date TEXT, customer TEXT, manager TEXT, modified TEXT",
     "number"),
    ("projecttask", "task", ProjectTask,
     "id BIGINT, project BIGINT, number TEXT, name TEXT, status TEXT, modified TEXT", "project, number"),
    ("inventory", "item", Item,
     "id BIGINT, number TEXT, name TEXT, status TEXT, type TEXT, price NUMERIC, cost NUMERIC, unit TEXT,"
     " modified TEXT", "number"),
]


class SQLite:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")

    def prepare(self, table, columns, unique):
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}, PRIMARY KEY (id), UNIQUE ({unique}))")
        names = [part.split()[0] for part in columns.split(",")]
        changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        self.upsert = (f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))}) ON CONFLICT (id) DO UPDATE SET"
                       f" {changes} WHERE {table}.modified <> excluded.modified")

    def newest(self, table):
        return self.connection.execute(f"SELECT max(modified) FROM {table}").fetchone()[0]

    def write(self, table, rows):
        with self.connection:
            self.connection.executemany(self.upsert, rows)


class Postgres:
    def __init__(self, url):
        import psycopg
        self.connection = psycopg.connect(url, autocommit=True)

    def prepare(self, table, columns, unique):
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}, PRIMARY KEY (id), UNIQUE ({unique}))")
        self.connection.execute(f"CREATE TEMP TABLE new_{table} (LIKE {table})")
        names = [part.split()[0] for part in columns.split(",")]
        changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        self.upsert = (f"INSERT INTO {table} SELECT * FROM new_{table} ON CONFLICT (id) DO UPDATE SET {changes}"
                       f" WHERE {table}.modified <> excluded.modified")

    def newest(self, table):
        return self.connection.execute(f"SELECT max(modified) FROM {table}").fetchone()[0]

    def write(self, table, rows):
        with self.connection.transaction(), self.connection.cursor() as cursor:
            with cursor.copy(f"COPY new_{table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(self.upsert)
            cursor.execute(f"TRUNCATE new_{table}")


async def read(session, address, path, since, decoder, rows_of, counts):
    """All pages of a list, some of them ahead of the one that is written."""
    query = f"?pageSize={PAGE_SIZE}"
    if since:
        query += f"&lastModifiedDateTime={quote(since)}&lastModifiedDateTimeCondition=%3E%3D"

    async def page(number):
        counts["requests"] += 1
        async with session.get(f"{address}/v1/{path}{query}&pageNumber={number}") as answer:
            answer.raise_for_status()
            return decoder.decode(await answer.read())

    number = 1
    ahead = []
    while True:
        # A delta is short: one page at a time. A whole list is read ahead.
        while len(ahead) < (1 if since else IN_FLIGHT):
            ahead.append(asyncio.create_task(page(number)))
            number += 1
        records = await ahead.pop(0)
        if records:
            counts["read"] += len(records)
            rows_of(records)
        if len(records) < PAGE_SIZE:
            for task in ahead:
                task.cancel()
            return


async def main(database, address):
    is_full = address.endswith(("/first", "/nightly"))
    counts = {"requests": 0, "read": 0}
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    store = Postgres(database) if database.startswith("postgres:") else SQLite(database)
    async with aiohttp.ClientSession() as session:
        for path, table, kind, columns, unique in LISTS:
            store.prepare(table, columns, unique)
            since = None if is_full else store.newest(table)
            decoder = msgspec.json.Decoder(list[kind])
            await read(session, address, path, since, decoder,
                       lambda records: store.write(table, [record.row() for record in records]), counts)
    after = resource.getrusage(resource.RUSAGE_SELF)
    counts["seconds"] = time.monotonic() - start
    counts["cpu"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with open("/proc/self/status") as status:
        counts["peak_mb"] = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
    print(json.dumps(counts))


asyncio.run(main(*sys.argv[1:]))
