#!/usr/bin/env python3
"""Exports a year's approved lines until all are confirmed, to a far shore in a process of its own (`export-bench`).

The far shore is the project's sandbox over real HTTP on the loopback address. At no delay the whole year shows what
our side costs; at 200 ms, a tenth of it shows how much of the time a request is under way. Beside it the simple
integration, one line a POST. Writes its tables between the markers of a document.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

from bench import Folder, Postgres, cpu_of, printed, say, write

LINES = 100_000
SIMPLE = {0: 1000, 200: 50}


class Shore:
    def __init__(self, program, lines, delay):
        self.process = subprocess.Popen([program, "shore", "--lines", str(lines), "--delay", str(delay)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            sys.exit("the far shore did not start")

    def judge(self, lines, documents):
        """What stands there must be every line once, by its tag."""
        with urllib.request.urlopen(f"{self.address}/sandbox/ledger") as answer:
            stored = json.load(answer)["documents"]
        tags = [line["description"].rsplit(" ", 1)[-1] for document in stored for line in document["lines"]]
        if len(stored) != documents or len(tags) != lines or len(set(tags)) != lines:
            sys.exit(f"the far shore has {len(stored)} documents with {len(tags)} lines, {len(set(tags))} of them"
                     f" different; we say {documents} with {lines}")
        if not all(re.fullmatch(r"\[[0-9A-Z]{8}\]", tag) for tag in tags):
            sys.exit("a line has no tag")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def measure(program, folder, postgres, database, delay, lines, simple):
    """The figures of one export and of the simple integration, each against a fresh far shore and database."""
    out = []
    for is_ours in [True, False]:
        place = folder / f"{database}-{delay}-{is_ours}"
        place.mkdir()
        with Shore(program, lines, delay) as shore:
            address = str(place / "a.sqlite") if database == "SQLite" else postgres.database()
            where = ["--database", address, "--shore", shore.address]
            call(program, "fill", "--lines", str(lines), *where)
            server, far = postgres.cpu(), cpu_of(shore.process.pid)
            command = ["run", *where, "--beside", str(place)] if is_ours else ["simple", *where, "--most", str(simple)]
            figures = json.loads(call(program, *command).strip().splitlines()[-1])
            time.sleep(0.2)  # until the server's connections have finished their books
            figures["server"] = postgres.cpu() - server if database == "PostgreSQL" else 0
            figures["far"] = cpu_of(shore.process.pid) - far
            if is_ours:
                shore.judge(figures["lines"], figures["documents"])
        say(f"  {database}, {delay} ms, {'ours' if is_ours else 'one by one'}: {figures}")
        out.append(figures)
    return out


def call(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr[:2000]}")
    return done.stdout


def tables(measured):
    rows = [
        "| answer after | database | lines | documents | calls | wall, s | a request under way | CPU ours, s"
        " | CPU of the database, s | peak MB | lines a second | one by one, calls a line | one by one, time a line |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for (delay, database), (ours, simple) in measured.items():
        calls = sum(ours["calls"].values())
        per_line = ours["seconds"] / ours["lines"]
        simple_line = simple["seconds"] / simple["lines"]
        rows.append(
            f"| {delay} ms | {database} | {ours['lines']:,} | {ours['documents']:,} | {calls:,} | {ours['seconds']:.1f}"
            f" | {100 * ours['underWay'] / ours['seconds']:.1f} % | {ours['cpu']:.1f}"
            f" | {ours['server']:.1f} | {ours['peakMegabytes']} | {1 / per_line:,.0f}"
            f" | {sum(simple['calls'].values()) / simple['lines'] / (calls / ours['lines']):.0f} times ours"
            f" | {simple_line / per_line:.1f} times ours |")
    first = next(iter(measured.values()))[0]
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(first["calls"].items()))
    far = "; ".join(f"{delay} ms, {database} {ours['far']:.1f}" for (delay, database), (ours, _) in measured.items())
    return "\n".join(rows) + f"\n\nThe calls of the first row: {kinds}. CPU seconds of the far shore itself: {far}.\n"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--program", required=True, type=pathlib.Path, help="the built export-bench")
    words.add_argument("--lines", type=int, default=LINES, help="of the year; a tenth of it at 200 ms")
    words.add_argument("--only", help="one database")
    words.add_argument("--delay", type=int, choices=[0, 200])
    words.add_argument("--write", help="a document with markers")
    words = words.parse_args()
    program = words.program.resolve()
    with Folder() as folder:
        postgres = Postgres(folder)
        try:
            measured = {}
            for delay in [0, 200] if words.delay is None else [words.delay]:
                for database in ["SQLite", "PostgreSQL"]:
                    if words.only in (None, database):
                        lines = words.lines if delay == 0 else words.lines // 10
                        measured[delay, database] = measure(
                            program, folder, postgres, database, delay, lines, min(SIMPLE[delay], lines // 10))
        finally:
            postgres.stop()
    text = printed(f"a year of {words.lines:,} approved lines.") + "\n\n" + tables(measured)
    print(text)
    if words.write:
        write(words.write, "exports", "make bench-export", text)


if __name__ == "__main__":
    main()
