#!/usr/bin/env python3
"""Runs the imports of a large company side by side: the floor, this program, and what an engineer would pick instead.

Every contender reads the same pages from the same nginx into SQLite and into PostgreSQL, on four occasions (see
`Occasion` in Import/ImportBench.swift), each in a process of its own. The rounds take turns, so that whatever else the
machine does hits all alike; medians count. Writes its tables between the markers of a document.
"""
import argparse
import collections
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bench import HERE, Folder, Nginx, Postgres, printed, say, write

OCCASIONS = ["first", "unchanged", "changed", "nightly"]

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    sendfile on; open_file_cache max=2000; keepalive_requests 1000000; default_type application/json;
    map $arg_lastModifiedDateTime $kind {{ "" full; default delta; }}
    map $arg_pageNumber $page {{ "" 1; default $arg_pageNumber; }}
    server {{
        listen 127.0.0.1:{port}; root {pages};
        location ~ /connect/token$ {{
            return 200 '{{"access_token":"bench","expires_in":3600,"token_type":"Bearer"}}';
        }}
        location / {{ try_files $uri/$kind-$page.json @empty; }}
        location @empty {{ return 200 '[]'; }}
    }}
}}
"""


class FarShore(Nginx):
    """nginx over a folder of pages."""

    def __init__(self, folder, pages):
        super().__init__(folder, NGINX, pages=pages)

    def requests(self):
        """How many there have been; lists only."""
        return sum(1 for line in self.log.open() if "/v1/" in line)


class Contender:
    def __init__(self, name, database, command):
        self.name, self.database, self.command = name, database, command
        self.figures = collections.defaultdict(list)


def environment(name, work):
    """A virtual environment with what a peer needs, made anew when its list of packages has changed."""
    wanted = HERE / "Peers" / f"{name}.txt"
    folder = work / f"venv-{name}"
    kept = folder / "installed.txt"
    if not kept.exists() or kept.read_text() != wanted.read_text():
        say(f"installing the packages of {wanted.name}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "-q", "--disable-pip-version-check", "-r", wanted], check=True)
        shutil.copy(wanted, kept)
    return folder / "bin/python"


def once(contender, folder, shore, postgres):
    """The four occasions on a fresh database."""
    place = pathlib.Path(tempfile.mkdtemp(dir=folder))
    database = {"SQLite": place / "a.sqlite", "DuckDB": place / "a.duckdb"}.get(contender.database)
    if database is None:
        database = postgres.database()
    for occasion in OCCASIONS:
        asked, busy = shore.requests(), postgres.cpu()
        command = contender.command(str(database), f"{shore.address}/{occasion}", occasion, place)
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"HOME": str(place)})
        if done.returncode:
            sys.exit(f"{contender.name}, {occasion}: {done.stderr[-3000:]}")
        figures = json.loads(done.stdout.strip().splitlines()[-1])
        time.sleep(0.2)  # until nginx and the server's connection have finished their books
        figures["requests"] = shore.requests() - asked
        figures["server_cpu"] = postgres.cpu() - busy
        contender.figures[occasion].append(figures)
        say(f"  {contender.name}, {contender.database}, {occasion}: {figures['seconds']:.2f} s, {figures}")
    shutil.rmtree(place)


def floor(program, folder, shore, pages, postgres):
    """Fetching, parsing, inserting: each alone."""
    urls = folder / "urls"
    lines = []
    for name in ["customer", "project", "projecttask", "inventory"]:
        count = len(list((pages / "first/v1" / name).glob("full-*.json")))
        lines += [f"{shore.address}/first/v1/{name}?pageSize=500&pageNumber={n + 1}" for n in range(count)]
    urls.write_text("\n".join(lines) + "\n")
    place = pathlib.Path(tempfile.mkdtemp(dir=folder))
    done = subprocess.run([program, urls, place / "a.sqlite", postgres.database()], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"floor: {done.stderr}")
    shutil.rmtree(place)
    return json.loads(done.stdout)


def compile_floor(work):
    source, program = HERE / "Peers/floor.cpp", work / "floor"
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["g++", "-O2", "-std=c++17", "-I/usr/include/postgresql", source, "-o", program, "-lcurl",
                        "-lsimdjson", "-lsqlite3", "-lpq"], check=True)
    return program


def tables(contenders, floors, size, rounds):
    middle = statistics.median
    part = {name: middle(f[name]["seconds"] for f in floors) for name in ["fetch", "parse", "sqlite", "postgres"]}
    whole = {"SQLite": part["fetch"] + part["parse"] + part["sqlite"],
             "PostgreSQL": part["fetch"] + part["parse"] + part["postgres"]}
    whole["DuckDB"] = whole["SQLite"]
    one = floors[0]
    out = [
        f"{printed(size)}: {one['read']:,} records in"
        f" {one['requests']} pages, {one['bytes'] / 1e6:.0f} MB of JSON. Medians of {rounds} rounds in turn. The floor,"
        f" in seconds: fetching {part['fetch']:.2f}, parsing {part['parse']:.2f}, inserting {part['sqlite']:.2f} into"
        f" SQLite and {part['postgres']:.2f} into PostgreSQL. Wall times of the first import and the nightly pass are"
        " multiples of the floor's sum of the same rounds; the hours are seconds. CPU is that of the first import in"
        " multiples of the same, with the database server's.", "",
        "| | database | first import | its CPU | nightly | changed hour, s | unchanged hour, s | peak MB"
        " | requests first / changed / unchanged |", "|---|---|---|---|---|---|---|---|---|"]
    for contender in contenders:
        base = whole[contender.database]

        def figure(occasion, name):
            return middle(f[name] for f in contender.figures[occasion])
        cpu = middle(f["cpu"] + (f["server_cpu"] if contender.database == "PostgreSQL" else 0)
                     for f in contender.figures["first"])
        peak = max(f["peak_mb"] for figures in contender.figures.values() for f in figures)
        asked = " / ".join(f"{figure(o, 'requests'):.0f}" for o in ["first", "changed", "unchanged"])
        out.append(
            f"| {contender.name} | {contender.database} | {figure('first', 'seconds') / base:.2f} | {cpu / base:.2f}"
            f" | {figure('nightly', 'seconds') / base:.2f} | {figure('changed', 'seconds'):.2f}"
            f" | {figure('unchanged', 'seconds'):.2f} | {peak} | {asked} |")
    return "\n".join(out) + "\n"


LATE_MS, AT_ONCE = 200, 8


def from_far_away(program, folder, pages):
    """The first import into SQLite where every answer is late, beside what that alone takes: each page that there is once,
    by eights when the first of its list is there, and everything else one after another."""
    server = subprocess.Popen([sys.executable, HERE / "late.py", pages, str(LATE_MS)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    done = subprocess.run([program, "--database", folder / "late.sqlite", "--shore", address, "--pages-at-once",
                           str(AT_ONCE), "first"], capture_output=True, text=True)
    asked = json.loads(server.communicate()[0])
    if done.returncode:
        sys.exit(f"from far away: {done.stderr[-3000:]}")
    seconds = json.loads(done.stdout.strip().splitlines()[-1])["seconds"]
    waits = 0
    for name, count in asked.items():
        there = len(list((pages / "first/v1" / name).glob("full-*.json")))
        listed = name in ("customer", "project", "projecttask", "inventory")
        waits += 1 + -(-(there - 1) // AT_ONCE) if listed else count
    bound = waits * LATE_MS / 1000
    say(f"  from far away: {seconds:.2f} s, {waits} waits, {asked}")
    return (f"With every answer {LATE_MS} ms late and {AT_ONCE} pages asked for at once the first import into SQLite takes"
            f" {seconds:.1f} s. {waits} waits cannot be spared, which are {bound:.1f} s: {seconds / bound:.2f} times.\n")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--program", required=True, type=pathlib.Path, help="the built import-bench, with import-pages beside it")
    words.add_argument("--work", required=True, type=pathlib.Path, help="a folder that keeps pages and environments")
    words.add_argument("--quick", action="store_true", help="a tenth of the records")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--without-peers", action="store_true")
    words.add_argument("--only", help="one database")
    words.add_argument("--write", help="a document with markers")
    words = words.parse_args()
    words.program, work = words.program.resolve(), words.work.resolve()
    work.mkdir(parents=True, exist_ok=True)

    divisor = 10 if words.quick else 1
    pages = work / f"pages-{divisor}"
    if not pages.exists():
        say("rendering the pages")
        unfinished = work / f"unfinished-{divisor}"
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run([words.program.parent / "import-pages", unfinished, "--divisor", str(divisor)], check=True)
        unfinished.rename(pages)
    floor_program = compile_floor(work)

    program = str(words.program)
    contenders = [
        Contender("Ferje", database, lambda d, a, o, _: [
            program, "--database", d, "--shore", a.rsplit("/", 1)[0], o])
        for database in ["SQLite", "PostgreSQL"]]
    if not words.without_peers:
        for script, name, databases in [
                ("by_hand", "Python by hand, msgspec", ["SQLite", "PostgreSQL"]),
                ("with_dlt", "dlt", ["SQLite", "PostgreSQL", "DuckDB"]),
                ("with_singer", "Singer", ["PostgreSQL"]),
                ("with_airbyte", "PyAirbyte", ["DuckDB"])]:
            python = environment(script, work)
            for database in databases:
                contenders.append(Contender(name, database, lambda d, a, o, place, python=python, script=script: [
                    python, HERE / f"Peers/{script}.py", d, a, *([place / "state"] if "with" in script else [])]))
    contenders = [c for c in contenders if words.only in (None, c.database)]

    with Folder() as folder:
        shore = postgres = None
        try:
            shore, postgres = FarShore(folder, pages), Postgres(folder)
            floors = []
            for number in range(words.rounds):
                say(f"round {number + 1}")
                floors.append(floor(floor_program, folder, shore, pages, postgres))
                say(f"  floor: {floors[-1]}")
                for contender in contenders:
                    once(contender, folder, shore, postgres)
            text = tables(contenders, floors, "a tenth of the size" if words.quick else "full size", words.rounds)
            text += "\n" + from_far_away(program, folder, pages)
            print(text)
            if words.write:
                write(words.write, "imports", "make bench", text)
        finally:
            if shore:
                shore.stop()
            if postgres:
                postgres.stop()


main()
