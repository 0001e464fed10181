"""What the benchmarks' scripts share: servers of their own on the loopback address, what they have spent, and tables
between the markers of a document."""
import datetime
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def cpu_of(pid):
    """Seconds of a process that runs and of its finished children."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def cpu_with_children(pid):
    """As above, with the children that still run."""
    total = cpu_of(pid)
    for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        try:
            total += cpu_of(child)
        except FileNotFoundError:
            pass
    return total


def peak_mb_of(pid):
    """The most memory of a process that was resident at once."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


class Folder:
    """One that goes away, where the user `postgres` can come in, too."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="ferje-bench-", dir="/tmp"))
        self.path.chmod(0o755)
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


class Nginx:
    def __init__(self, folder, text, **values):
        """`text` is its configuration with {folder}, {port} and `values`."""
        self.log = folder / "access.log"
        self.port = free_port()
        user = f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.getuid() == 0 else ""
        configuration = folder / "nginx.conf"
        configuration.write_text(text.format(folder=folder, port=self.port, user=user, **values))
        self.process = subprocess.Popen([shutil.which("nginx", path="/usr/sbin:" + os.environ["PATH"]),
                                         "-e", folder / "nginx.log", "-c", configuration])
        self.address = f"http://127.0.0.1:{self.port}"
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        sys.exit("nginx did not start: " + (folder / "nginx.log").read_text())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Postgres:
    """A server for one comparison, on the loopback address, durable as in use."""

    def __init__(self, folder, *options):
        self.folder = folder / "postgres"
        self.folder.mkdir()
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        self.bin = found[-1].parent if found else pathlib.Path(shutil.which("initdb")).parent
        self.prefix = []
        if os.getuid() == 0:
            self.prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        self.port = free_port()
        options = [f"-k {self.folder} -h 127.0.0.1 -p {self.port} -c shared_buffers=256MB -c max_wal_size=4GB", *options]
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", " ".join(options), "start")
        self.count = 0
        self.at("createuser", "ferje")

    def run(self, program, *words, text=None):
        done = subprocess.run([*self.prefix, self.bin / program, *words], capture_output=True, text=True, cwd="/",
                              input=text)
        if done.returncode:
            sys.exit(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def at(self, program, *words, text=None):
        """A program of PostgreSQL's own against this server, above the policies of rows."""
        return self.run(program, "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", *words, text=text)

    def database(self):
        """The address of a new one, as a role for which the policies of rows hold."""
        self.count += 1
        name = f"bench{self.count}"
        self.at("createdb", "-O", "ferje", name)
        return f"postgres://ferje:none@127.0.0.1:{self.port}/{name}"

    def ask(self, address, text):
        """The rows of some statements, their columns as texts."""
        name = address.rsplit("/", 1)[1]
        out = self.at("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-F", "\t", "-d", name, text=text)
        return [line.split("\t") for line in out.splitlines()]

    def session(self, address):
        """One that stays and takes statements on its standard input; to start a program for each would be a load itself."""
        name = address.rsplit("/", 1)[1]
        return subprocess.Popen(
            [*self.prefix, self.bin / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-qAtX", "-v",
             "ON_ERROR_STOP=1", "-d", name], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd="/")

    def cpu(self):
        """Seconds of the server and of all its processes, those that are over included."""
        return cpu_with_children((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def stop(self):
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")


def printed(what):
    """How a table begins."""
    return f"Printed on {datetime.date.today()} on {os.cpu_count()} cores, {what}"


def write(document, name, command, text):
    """Puts the text between the document's markers of that name."""
    first, last = f"<!-- {name}: written by {command} -->", f"<!-- {name}: end -->"
    path = pathlib.Path(document)
    before, rest = path.read_text().split(first)
    _, after = rest.split(last)
    path.write_text(f"{before}{first}\n\n{text}\n{last}{after}")
