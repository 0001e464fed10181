#!/usr/bin/env python3
"""The unchanged hour of thousands of companies on PostgreSQL, with the real program against a cheap far shore.

One company is connected and imported by the program's own commands; the others are copies of its rows under ids of
their own. Then the hour strikes for all at once: their five jobs are due, their tokens and what they know of Visma are
an hour old, and nothing has changed. Any number of `ferje serve --worker` work it off; nginx answers with files that
the sandbox once gave. A second part has companies become due at a steady pace, alone and beside a noisy one. Writes
its tables between the markers of a document.
"""
import argparse
import collections
import http.server
import itertools
import os
import pathlib
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time

from bench import Folder, Nginx, Postgres, cpu_of, cpu_with_children, peak_mb_of, printed, say, write

TENANT = "11111111-2222-4333-8444-555555555555"
NOISY = "99999999-2222-4333-8444-555555555555"
JOBS = ["customers", "projects", "items", "hours", "withdrawals"]
LOOPS = 4
TURNS = 3
# How long a job rests that is asked for again and again, in ms.
REST = 1000
# A company of fifty customers, five projects with twenty-five tasks, fifty items and forty employees.
DIVISOR = 1000

# The token tells whose call it is; nginx sees the body of a request only on its way to another server, which is itself.
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
    log_format short '$request_method $uri $arg_lastModifiedDateTime $http_authorization'; access_log {folder}/access.log short buffer=64k;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    sendfile on; open_file_cache max=2000; keepalive_requests 1000000; default_type application/json;
    map $arg_lastModifiedDateTime $kind {{ "" full; default delta; }}
    map $arg_pageNumber $page {{ "" 1; default $arg_pageNumber; }}
    map $http_x_body $token {{ default bench; "~{noisy}" noisy; }}
    upstream self {{ server 127.0.0.1:{port}; keepalive 8; }}
    server {{
        listen 127.0.0.1:{port}; root {pages};
        location ~ /connect/token$ {{
            access_log off;
            proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header X-Body $request_body;
            rewrite ^ /token break; proxy_pass http://self;
        }}
        location = /token {{
            return 200 '{{"access_token":"$token","expires_in":3600,"token_type":"Bearer"}}';
        }}
        location / {{
            if ($http_authorization = "Bearer noisy") {{ proxy_pass http://127.0.0.1:{noise}; }}
            try_files $uri/$kind-$page.json @empty;
        }}
        location @empty {{ return 200 '[]'; }}
    }}
}}
"""


class Noise(http.server.BaseHTTPRequestHandler):
    """What the noisy company's Visma does: every answer late, and wrong in another way each time."""
    protocol_version = "HTTP/1.1"
    ways = itertools.cycle(["500", "429", "garbage", "cut", "reset", "html"])

    def do_GET(self):
        time.sleep(1)
        way = next(self.ways)
        body = {"garbage": b'[{"internalId":', "html": b"<html>proxy</html>"}.get(way, b'{"message":"no"}' * 1000)
        if way == "reset":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response({"500": 500, "429": 429}.get(way, 200))
        if way == "429":
            self.send_header("Retry-After", "1")
        self.send_header("Content-Type", "text/html" if way == "html" else "application/json")
        self.send_header("Content-Length", str(len(body) + (1000 if way == "cut" else 0)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_):
        pass


class Shore(Nginx):
    def __init__(self, folder, pages):
        self.noise = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noise)
        threading.Thread(target=self.noise.serve_forever, daemon=True).start()
        super().__init__(folder, NGINX, pages=pages, noisy=NOISY, noise=self.noise.server_port)

    def calls(self):
        """How many so far, by list; those of quiet companies."""
        self.process.send_signal(signal.SIGUSR1)  # writes out what is in the buffer
        time.sleep(0.2)
        found = collections.Counter()
        for line in self.log.read_text().splitlines():
            method, path = line.split(" ")[:2]
            if "noisy" not in line:
                found[f"{method} {path.rsplit('/v1/', 1)[-1].split('/')[0]}"] += 1
        return found

    def stop(self):
        super().stop()
        self.noise.shutdown()


class Installation:
    """The program with its database, its key and its far shore."""

    def __init__(self, program, folder, postgres, shore):
        self.program, self.folder, self.postgres, self.shore = program, folder, postgres, shore
        self.database = postgres.database()
        self.key = folder / "master.key"
        self.key.write_text(secrets.token_hex(32) + "\n")
        self.key.chmod(0o600)

    def environment(self, data, occasion):
        return os.environ | {
            "FERJE_DATABASE_URL": self.database, "FERJE_MASTER_KEY_FILE": str(self.key), "FERJE_DATA": str(data),
            "FERJE_VISMA_API_URL": f"{self.shore.address}/{occasion}", "FERJE_VISMA_AUTHORITY": self.shore.address,
            "FERJE_VISMA_CLIENT_ID": "isv_ferje", "FERJE_VISMA_CLIENT_SECRET": "S3cret", "FERJE_WORKERS": str(LOOPS),
            "FERJE_LANGUAGE": "en", "FERJE_LOG_LEVEL": "critical"}

    def command(self, *words):
        data = self.folder / "data"
        done = subprocess.run([self.program, *words], capture_output=True, text=True,
                              env=self.environment(data, "first"))
        if done.returncode:
            sys.exit(f"ferje {' '.join(words)}: {done.stdout}{done.stderr[-2000:]}")

    def sql(self, text):
        return self.postgres.ask(self.database, text)

    def start(self, count):
        workers = []
        for number in range(count):
            # Each machine has a folder of its own.
            data = self.folder / "data" if number == 0 else self.folder / f"data{number}"
            if number:
                shutil.copytree(self.folder / "data", data, dirs_exist_ok=True)
            workers.append(subprocess.Popen(
                [self.program, "serve", "--worker"], env=self.environment(data, "unchanged"), stdout=subprocess.PIPE,
                text=True))
        for worker in workers:
            worker.stdout.readline()
        return workers


def minute(company):
    """The minute of the hour at which a company's automatic jobs are due (`Schedule`)."""
    value = 0xCBF29CE484222325
    for byte in company.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value % 50


def names(count):
    """Ids of companies whose next hour is at least half an hour away: none shall be due twice in one measurement."""
    now = time.gmtime().tm_min
    all_names = (f"f{number}" for number in itertools.count())
    return list(itertools.islice((name for name in all_names if (minute(name) - now) % 60 > 30), count))


def prepare(installation, count):
    """One company by the program's own commands, and copies of its rows."""
    first, *others = names(count)
    installation.command("migrate")
    installation.command("company", "create", "Fjordbygg", "--id", first)
    installation.command("company", "connect", "--tenant-id", TENANT)
    for job in JOBS:
        installation.command("company", "job", "automatic", job)
    for job in JOBS:
        installation.command("run", job)
    sql = installation.sql
    # Some people and their hours of the week, which nobody has approved yet.
    sql(f"""
        INSERT INTO worker (company_id, id, employee_number, username, name, role, sort_number, sort_name, search_text)
        SELECT '{first}', 'k' || n, CAST(n AS TEXT), 'bruker' || n, 'Arbeider ' || n, 'worker', '', '', ''
        FROM generate_series(1, 10) n;
        INSERT INTO hour_entry (company_id, id, worker_id, project_id, project_work_type_id, work_date, break_minutes,
            total_hours, overtime50, overtime100, billable_hours, comment, internal_note, state, version, created_at)
        SELECT '{first}', 'h' || n, 'k' || (n % 10 + 1), task.project_id, task.id, '2026-11-1' || (n % 5), 0,
            '7.5', '0', '0', '7.5', '', '', 'registered', 1, 0
        FROM generate_series(1, 30) n, (SELECT project_id, id FROM project_work_type
            WHERE company_id = '{first}' ORDER BY id LIMIT 1) task;
        CREATE TABLE public.bench_name (copied_to TEXT);
        """)
    for start in range(0, len(others), 5000):
        sql("INSERT INTO bench_name VALUES " + ", ".join(f"('{name}')" for name in others[start:start + 5000]))
    tables = collections.defaultdict(list)
    for table, column in sql("""
            SELECT c.table_name, c.column_name FROM information_schema.columns c
            JOIN information_schema.columns k USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND k.column_name = 'company_id' ORDER BY c.table_name, c.ordinal_position
            """):
        tables[table].append(column)
    copies = ["SET session_replication_role = replica"]  # the order of the tables is no matter
    copies.append("INSERT INTO company (id, name, code, created_at, state) SELECT bench_name.copied_to, bench_name.copied_to,"
                  f" bench_name.copied_to, created_at, state FROM bench_name, company WHERE id = '{first}'")
    for table, columns in tables.items():
        if table in ("run", "run_item", "audit"):
            continue
        rest = ", ".join(column for column in columns if column != "company_id")
        copies.append(f"INSERT INTO {table} (company_id, {rest}) SELECT bench_name.copied_to AS company_id, {rest}"
                      f" FROM (SELECT * FROM {table} WHERE company_id = '{first}') original, bench_name")
    # What is sealed opens for its own company only; a service connection gets itself a new token.
    copies.append("UPDATE connection SET grant_sealed = NULL, previous_grant_sealed = NULL")
    copies.append("DROP TABLE bench_name")
    sql(";\n".join(copies))
    sql("VACUUM ANALYZE")
    return [first, *others]


NOW = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)"


def strike(installation, companies, interval_ms=0):
    """An hour has passed: tokens are dead, facts are old, and no night lies between. The jobs are due in a while, all at
    once or one company after another; waits until then, and tells when the first was due."""
    listed = ", ".join(f"('{name}', {number})" for number, name in enumerate(companies))
    due = int(installation.sql(f"SELECT {NOW}")[0][0]) + 8000 + 2 * len(companies)
    night = due + 80_000_000
    installation.sql(f"""
        UPDATE job SET next_run_at = NULL;
        UPDATE company SET retention_at = {night};
        CREATE TEMPORARY TABLE struck (company_id TEXT PRIMARY KEY, number BIGINT);
        INSERT INTO struck VALUES {listed};
        UPDATE connection SET grant_sealed = NULL, proven_version = NULL;
        UPDATE erp_reading SET read_at = read_at - 3600000;
        UPDATE import_cursor SET full_pass_at = {night};
        UPDATE export_audit SET audited_at = {night};
        UPDATE erp_gate SET closed_until = 0, failures = 0, open_seconds = 0;
        UPDATE job SET next_run_at = {due} + number * {interval_ms}, requested_by = NULL, attempts = 0
        FROM struck WHERE struck.company_id = job.company_id;
        """)
    left = due - int(installation.sql(f"SELECT {NOW}")[0][0])
    if left < 3000:
        sys.exit("the hour struck too soon")
    return due, time.monotonic() + left / 1000


def counters(installation):
    """What PostgreSQL has counted; sessions that rest tell it within a second."""
    time.sleep(1.2)
    sql = installation.sql
    rows = sql("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables")
    return {"statements": int(sql("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements")[0][0]),
            "commits": int(sql("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")[0][0]),
            "wal": float(sql("SELECT wal_bytes FROM pg_stat_wal")[0][0]),
            "rows": collections.Counter({name: int(count) for name, count in rows})}


def wait_until_done(installation, pace=1):
    while True:
        time.sleep(pace)
        if (installation.sql(f"SELECT 1 FROM job WHERE next_run_at <= {NOW} LIMIT 1") == []
                and installation.sql(f"SELECT 1 FROM job WHERE lease_until > {NOW} LIMIT 1") == []):
            return


def stop(workers):
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        if worker.wait():
            sys.exit("ferje serve failed")


def hour(installation, companies, processes):
    """All companies at once, until the last has had its hour."""
    sql, postgres, shore = installation.sql, installation.postgres, installation.shore
    sql("UPDATE job SET next_run_at = NULL")
    workers = installation.start(processes)
    started, at = strike(installation, companies)
    before = counters(installation) | {"calls": shore.calls()}
    time.sleep(max(0, at - time.monotonic()))
    busy, server, far = sum(cpu_of(w.pid) for w in workers), postgres.cpu(), cpu_with_children(shore.process.pid)
    begun = time.monotonic()
    sql("SELECT pg_notify('ferje_job', '')")
    wait_until_done(installation)
    wall = time.monotonic() - begun
    found = {"companies": len(companies), "processes": processes, "wall": wall,
             "cpu": sum(cpu_of(w.pid) for w in workers) - busy, "server": postgres.cpu() - server,
             "far": cpu_with_children(shore.process.pid) - far, "peak": max(peak_mb_of(w.pid) for w in workers)}
    stop(workers)  # its sessions tell PostgreSQL's books the rest when they end
    after = counters(installation)
    runs = dict(sql(f"SELECT outcome, count(*) FROM run WHERE started_at >= {started} GROUP BY outcome"))
    if runs != {"succeeded": str(len(JOBS) * len(companies))}:
        why = sql(f"SELECT job, error, count(*) FROM run WHERE started_at >= {started} AND outcome <> 'succeeded'"
                  " GROUP BY 1, 2 LIMIT 10")
        sys.exit(f"not every run succeeded once: {runs} {why}")
    for name in ["statements", "commits", "wal"]:
        found[name] = (after[name] - before[name]) / len(companies)
    # A company may still ask for the same list twice: each list by itself, not the sum.
    found["calls"] = {name: count / len(companies) for name, count in (shore.calls() - before["calls"]).items()}
    found["rows"] = {name: count / len(companies) for name, count in (after["rows"] - before["rows"]).items()}
    say(f"  {found}")
    return found


class Presser(threading.Thread):
    """Asks for all five jobs of a company again and again, as the button does (`requestRun`)."""

    def __init__(self, installation, company):
        super().__init__()
        self.installation, self.company, self.ended = installation, company, threading.Event()

    def run(self):
        session = self.installation.postgres.session(self.installation.database)
        while not self.ended.wait(0.2):
            session.stdin.write(
                f"UPDATE job SET next_run_at = greatest({NOW}, claimed_at + {REST}), requested_by = 'noise', attempts = 0"
                f" WHERE company_id = '{self.company}' AND lease_until = 0; SELECT pg_notify('ferje_job', '');\n")
            session.stdin.flush()
        session.stdin.close()
        if session.wait():
            sys.exit("the button could not be pressed")

    def end(self):
        self.ended.set()
        self.join()
        self.installation.sql(f"UPDATE job SET next_run_at = NULL WHERE company_id = '{self.company}'")


def steady(installation, companies, a_second, noisy=None):
    """Companies become due one after another; tells how long each took from then to the end of its last job, in ms, and
    how many runs the noisy one had."""
    workers = installation.start(1)
    due, at = strike(installation, companies, interval_ms=1000 // a_second)
    presser = noisy and Presser(installation, noisy)
    if presser:
        presser.start()
    time.sleep(max(0, at - time.monotonic()) + len(companies) / a_second)
    quiet = f"company_id <> '{noisy}' AND" if noisy else ""
    while installation.sql(f"SELECT count(*) FROM job WHERE {quiet} (next_run_at <= {NOW} OR lease_until > {NOW})") != [["0"]]:
        time.sleep(0.5)
    if presser:
        presser.end()
        wait_until_done(installation)
    stop(workers)
    order = {name: number for number, name in enumerate(companies)}
    done = installation.sql(f"SELECT company_id, max(finished_at), count(*) FROM run WHERE {quiet} started_at >= {due} GROUP BY 1")
    waits = [int(last) - due - order[name] * (1000 // a_second) for name, last, _ in done]
    if len(waits) != len(companies) or any(count != str(len(JOBS)) for *_, count in done):
        sys.exit(f"{len(waits)} of {len(companies)} quiet companies had their hour")
    runs = installation.sql(f"SELECT count(*) FROM run WHERE company_id = '{noisy}' AND started_at >= {due}")[0][0]
    say(f"  beside {noisy}: mean {statistics.mean(waits):.0f} ms, {runs} runs")
    return waits, int(runs)


def beside(installation, companies, noise, a_second):
    """The steady pace alone, and beside a noisy one of either kind, in turns: what slows the machine for a while is then not
    taken for the noise."""
    kinds = ["nobody", "one that is asked for without end",
             "one that is asked for without end and whose Visma answers late and wrong"]
    found = {kind: {"turns": [], "waits": [], "runs": 0} for kind in kinds}
    for _ in range(TURNS):
        for number, kind in enumerate(kinds):
            tenant = NOISY if number == 2 else TENANT
            installation.sql(f"UPDATE connection SET tenant_id = '{tenant}' WHERE company_id = '{noise}'")
            waits, runs = steady(installation, companies, a_second, noisy=noise if number else None)
            found[kind]["turns"].append(statistics.mean(waits))
            found[kind]["waits"] += waits
            found[kind]["runs"] += runs
    return found


def tables(hours, paces, a_second):
    out = ["| companies | processes | minutes | CPU a company, ms: program | database | calls a company"
           " | statements | commits | rows written | WAL, KB | peak MB a process | far shore's share of a core |",
           "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for h in hours:
        out.append(
            f"| {h['companies']:,} | {h['processes']} | {h['wall'] / 60:.1f} | {1000 * h['cpu'] / h['companies']:.1f}"
            f" | {1000 * h['server'] / h['companies']:.1f} | {sum(h['calls'].values()):.1f} | {h['statements']:.0f}"
            f" | {h['commits']:.0f} | {sum(h['rows'].values()):.1f} | {h['wal'] / 1024:.0f} | {h['peak']}"
            f" | {100 * h['far'] / h['wall']:.0f} % |")
    last = hours[-1]
    out += ["", "Calls of a company's hour: "
            + ", ".join(f"{name} {count:.1f}" for name, count in sorted(last["calls"].items())) + "."
            " Rows written: " + ", ".join(
                f"`{name}` {count:.1f}" for name, count in sorted(last["rows"].items(), key=lambda r: -r[1])
                if count >= 0.05) + "."]
    if paces:
        out += ["", f"{a_second} companies a second become due, one process, {TURNS} turns of each kind; from due to the end"
                " of the last of the five jobs:", "",
                "| beside them | mean, ms | median | 95 % | mean against alone | of each turn | runs of the noisy one |",
                "|---|---|---|---|---|---|---|"]
        alone = paces["nobody"]
        for name, found in paces.items():
            waits = sorted(found["waits"])
            turns = ", ".join(f"{100 * (mean / quiet - 1):+.0f} %" for mean, quiet in zip(found["turns"], alone["turns"]))
            out.append(f"| {name} | {statistics.mean(waits):,.0f} | {statistics.median(waits):,.0f}"
                       f" | {waits[len(waits) * 95 // 100]:,.0f}"
                       f" | {100 * (statistics.mean(waits) / statistics.mean(alone['waits']) - 1):+.0f} % | {turns}"
                       f" | {found['runs'] or '–'} |")
    return "\n".join(out) + "\n"


def arithmetic(hours, bytes_a_company):
    """What the figures of the largest measurement come to."""
    most = max(hours, key=lambda h: h["companies"])
    program, server = (1000 * most[name] / most["companies"] for name in ("cpu", "server"))
    calls, written = sum(most["calls"].values()), sum(most["rows"].values())
    measured = (f"of {most['companies']:,} companies and {most['processes']} processes. An unchanged company's hour: *P* ="
                f" {program:.1f} ms of CPU in the program, *D* = {server:.1f} ms in PostgreSQL, *Q* = {calls:.1f} calls,"
                f" *S* = {most['statements']:.0f} statements, *W* = {written:.1f} rows written, *L* ="
                f" {most['wal'] / 1024:.0f} KB of WAL; *B* = {bytes_a_company / 1024:.0f} KB of rows and indexes in the"
                " small company of the benchmark.")
    rows = ["| companies *N* | cores of the program, *N·P* / 3600 s | cores of PostgreSQL, *N·D* / 3600 s | calls a second,"
            " *N·Q* / 3600 | statements a second, *N·S* / 3600 | rows written a second, *N·W* / 3600 | WAL a day, *24·N·L* |"
            " rows and indexes, *N·B* |", "|---|---|---|---|---|---|---|---|"]
    for count in [1000, 10_000, 100_000]:
        hour = count / 3600
        rows.append(
            f"| {count:,} | {hour * program / 1000:.2f} | {hour * server / 1000:.2f} | {hour * calls:,.0f}"
            f" | {hour * most['statements']:,.0f} | {hour * written:,.0f} | {24 * count * most['wal'] / 1e9:,.1f} GB"
            f" | {count * bytes_a_company / 1e9:,.1f} GB |")
    return measured, "\n".join(rows) + "\n"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--program", required=True, type=pathlib.Path, help="the built ferje, with import-pages beside it")
    words.add_argument("--work", required=True, type=pathlib.Path, help="a folder that keeps the pages")
    words.add_argument("--companies", type=int, default=10_000)
    words.add_argument("--processes", default="1,2,4", help="the largest number of companies with the middle one")
    words.add_argument("--seconds", type=int, default=20, help="of each steady pace; 0 leaves it out")
    words.add_argument("--a-second", type=int, default=5, help="companies in the steady pace")
    words.add_argument("--statements", action="store_true", help="print the dearest statements of the last hour")
    words.add_argument("--write", help="the folder of the documents with markers")
    words = words.parse_args()
    program, work = words.program.resolve(), words.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    pages = work / f"pages-{DIVISOR}"
    if not pages.exists():
        unfinished = work / f"unfinished-{DIVISOR}"
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run([program.parent / "import-pages", unfinished, "--divisor", str(DIVISOR)], check=True)
        unfinished.rename(pages)
    with Folder() as folder:
        shore = postgres = None
        try:
            shore = Shore(folder, pages)
            postgres = Postgres(folder, "-c shared_preload_libraries=pg_stat_statements",
                                "-c pg_stat_statements.track_utility=off -c max_connections=200")
            installation = Installation(program, folder, postgres, shore)
            installation.sql("CREATE EXTENSION pg_stat_statements")
            begun = time.monotonic()
            companies = prepare(installation, words.companies)
            bytes_a_company = int(installation.sql("SELECT pg_database_size(current_database())")[0][0]) / len(companies)
            say(f"{len(companies)} companies in {time.monotonic() - begun:.0f} s, {bytes_a_company / 1024:.0f} KB each")
            counts = [int(count) for count in words.processes.split(",")]
            middle = counts[len(counts) // 2]
            hours = [hour(installation, companies if count == middle else companies[:len(companies) // 4], count)
                     for count in counts]
            if words.statements:
                for row in installation.sql("SELECT calls, round(total_exec_time), rows, left(regexp_replace(query,"
                                            " '\\s+', ' ', 'g'), 150) FROM pg_stat_statements ORDER BY 2 DESC LIMIT 60"):
                    say("   ", *row)
            paces = None
            if words.seconds:
                noise, *some = companies[:words.seconds * words.a_second + 1]
                paces = beside(installation, some, noise, words.a_second)
            text = (printed(f"{LOOPS} loops in each process.") + "\n\n"
                    + tables(hours, paces, words.a_second))
            measured, table = arithmetic(hours, bytes_a_company)
            sums = printed(measured) + "\n\n" + table
            print(text + "\n" + sums)
            if words.write:
                write(f"{words.write}/performance.md", "scale", "make bench-scale", text)
                write(f"{words.write}/scaling.md", "arithmetic", "make bench-scale", sums)
        finally:
            if shore:
                shore.stop()
            if postgres:
                postgres.stop()


if __name__ == "__main__":
    main()
