#!/usr/bin/env python3
"""The far shore as it is seen from far away: the same pages, every answer late.

    late.py PAGES MILLISECONDS

Prints its port, and when its input ends how many requests there were, by list, as JSON.
"""
import asyncio
import collections
import json
import pathlib
import sys
from urllib.parse import parse_qs, urlsplit

pages, late = pathlib.Path(sys.argv[1]), int(sys.argv[2]) / 1000
asked = collections.Counter()
TOKEN = b'{"access_token":"bench","expires_in":3600,"token_type":"Bearer"}'


def answer(target):
    """What nginx gives in the other measurements."""
    place, words = urlsplit(target), parse_qs(urlsplit(target).query)
    asked[place.path.rsplit("/v1/", 1)[-1]] += 1
    if place.path.endswith("/connect/token"):
        return TOKEN
    kind = "delta" if "lastModifiedDateTime" in words else "full"
    file = pages / place.path.lstrip("/") / f"{kind}-{words.get('pageNumber', ['1'])[0]}.json"
    return file.read_bytes() if file.is_file() else b"[]"


async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            for line in head[1:]:
                name, _, value = line.partition(":")
                if name.lower() == "content-length":
                    await reader.readexactly(int(value))
            body = answer(head[0].split(" ")[1])
            await asyncio.sleep(late)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
            writer.write(body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(asked), flush=True)


asyncio.run(main())
