#!/usr/bin/env python3
"""How many jobs a second the engine makes that have nothing to do, and how long a due job waits for its claim.

The jobs are the product's own, with a connector that answers at once (`engine-bench`). PostgreSQL also with several
processes of two loops each. Writes its tables between the markers of a document.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

from bench import Folder, Postgres, printed, say, write

LOOPS = 2


def call(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr[-3000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else None


def burst(program, database, companies, processes, postgres):
    """Five jobs of each company, all due at once."""
    call(program, "make", "--database", database, "--companies", companies)
    started = [subprocess.Popen(
        [program, "burst", "--database", database, "--companies", str(companies), "--loops", str(LOOPS),
         *(["--first"] if number == 0 else [])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(processes)]
    for process in started:
        process.stdout.readline()
    server, begun = postgres.cpu(), time.monotonic()
    for process in started:
        process.stdin.write("go\n")
        process.stdin.close()
    figures = [json.loads(process.stdout.readline()) for process in started]
    wall = time.monotonic() - begun
    for process in started:
        if process.wait():
            sys.exit("engine-bench failed")
    time.sleep(0.2)  # until the server's connections have finished their books
    return {"jobs": 5 * companies, "wall": wall, "cpu": sum(f["cpu"] for f in figures),
            "server": postgres.cpu() - server if database.startswith("postgres") else 0,
            "peak_mb": max(f["peak_mb"] for f in figures)}


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--program", required=True, type=pathlib.Path, help="the built engine-bench")
    words.add_argument("--companies", type=int, default=2000)
    words.add_argument("--seconds", type=int, default=10, help="of each stream of jobs")
    words.add_argument("--pace", type=int, default=20, help="jobs a second in a stream")
    words.add_argument("--write", help="a document with markers")
    words = words.parse_args()
    program = words.program.resolve()
    rows = ["| database | processes | jobs | jobs a second | CPU a job, ms | of it the database's | peak MB |",
            "|---|---|---|---|---|---|---|"]
    waits = [f"| database | becomes due | median, ms | 95 % | 99 % |", "|---|---|---|---|---|"]
    with Folder() as folder:
        postgres = Postgres(folder)
        try:
            for name, processes in [("SQLite", 1), ("PostgreSQL", 1), ("PostgreSQL", 2), ("PostgreSQL", 4)]:
                database = str(folder / "burst.sqlite") if name == "SQLite" else postgres.database()
                found = burst(program, database, words.companies, processes, postgres)
                say(f"  {name}, {processes}: {found}")
                cpu = found["cpu"] + found["server"]
                rows.append(
                    f"| {name} | {processes} | {found['jobs']:,} | {found['jobs'] / found['wall']:,.0f}"
                    f" | {1000 * cpu / found['jobs']:.1f} | {100 * found['server'] / cpu:.0f} % | {found['peak_mb']} |")
            for name in ["SQLite", "PostgreSQL"]:
                for how, flags in [("by the button", []), ("by the clock", ["--clock"])]:
                    database = str(folder / f"stream{len(waits)}.sqlite") if name == "SQLite" else postgres.database()
                    companies = words.pace * words.seconds
                    call(program, "make", "--database", database, "--companies", companies)
                    found = call(program, "stream", "--database", database, "--companies", companies, "--loops", LOOPS,
                                 "--pace", words.pace, "--seconds", words.seconds, *flags)
                    say(f"  {name}, {how}: {found}")
                    waits.append(f"| {name} | {how} | {found['median']:,} | {found['p95']:,} | {found['p99']:,} |")
        finally:
            postgres.stop()
    text = (printed(f"{LOOPS} loops in each process. Five jobs of each of {words.companies:,} companies, all due at"
                    " once:") + "\n\n" + "\n".join(rows)
            + f"\n\nFrom due to claimed, {words.pace} jobs a second, one process:\n\n" + "\n".join(waits) + "\n")
    print(text)
    if words.write:
        write(words.write, "engine", "make bench-engine", text)


if __name__ == "__main__":
    main()
