"""How gunicorn takes requests here: a thread is given to one that has arrived, and never waits for one that drips.

gthread gives each connection a thread before a byte of it has come, and then reads for as long as the other side likes:
eight connections that say one letter each are eight busy threads, and nobody else is answered. So requests are gathered
beside the threads, by the loop that accepts connections. Of a long one the rest is read by its thread, part by part.
Once gathered it is known who asks, and nobody has all of the threads (operations/turns.py).
"""

from __future__ import annotations

import errno
import re
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn import http
from gunicorn.workers.gthread import ThreadWorker

from operations.turns import Turns, asker

GATHERED_WITHIN = 20.0  # seconds
PART_WITHIN = 15.0  # seconds: between two parts of what is left, or for the other side to take a part of the answer
MOST_HEAD, MOST = 64 * 1024, 256 * 1024  # bytes; of a longer head the parser says that it is too long
END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Hurried(socket.socket):
    """A socket on which nobody is waited for without end."""

    def setblocking(self, flag: bool, /) -> None:
        self.settimeout(PART_WITHIN if flag else 0.0)

    def recv(self, *asked: Any) -> bytes:
        try:
            return super().recv(*asked)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "the rest came too slowly") from None


class GatheringWorker(ThreadWorker):
    """gthread, but for how requests come in."""

    def init_process(self) -> None:
        self.turns: Turns[Any] = Turns(self.cfg.threads)
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Wait for the next request on this connection, without a thread."""
        if conn.parser is not None and conn.parser.unreader.buf.getvalue():
            self._take_turn(conn)  # it was read behind the body before it
            return
        if not isinstance(conn.sock, Hurried):
            conn.sock = Hurried(fileno=conn.sock.detach())
        conn.sock.setblocking(False)
        conn.came, conn.is_told_to_go_on = b"", False
        conn.timeout = time.monotonic() + GATHERED_WITHIN
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Any, client: Any) -> None:
        part = _part(client)
        if part is None:
            return
        conn.came += part
        if part and not is_whole(conn.came):
            _tell_to_go_on(conn)
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if conn.came:
            self._hand_over(conn)
        else:
            self.nr_conns -= 1
            conn.close()

    def finish_request(self, conn: Any, fs: Any) -> None:
        """One is answered: its thread is for those who waited for it."""
        for following in self.turns.end(conn.asker):
            super().enqueue_req(following)
        super().finish_request(conn, fs)

    def _hand_over(self, conn: Any) -> None:
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
            conn.initialized = True
        conn.parser.unreader.unread(conn.came)
        conn.asker = asker(conn.came.partition(END)[0], conn.client[:1])
        conn.came, conn.data_ready = b"", True
        self._take_turn(conn)

    def _take_turn(self, conn: Any) -> None:
        if self.turns.begin(conn.asker, conn):
            super().enqueue_req(conn)


def is_whole(came: bytes) -> bool:
    """Whether this is a request that a thread need not wait for, or so much that it is read in parts."""
    head, end, body = came.partition(END)
    if not end:
        return len(came) >= MOST_HEAD
    if _CHUNKED.search(head):
        return body.endswith(b"0\r\n\r\n") or len(body) >= MOST
    length = _LENGTH.search(head)
    return len(body) >= min(int(length[1]) if length else 0, MOST)


def _part(client: Any) -> bytes | None:
    """The bytes that have come; none at the end of a connection; None at a false alarm."""
    try:
        return bytes(client.recv(MOST))
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _tell_to_go_on(conn: Any) -> None:
    """To whoever sends a body only when told to."""
    head, end, _body = conn.came.partition(END)
    if end and not conn.is_told_to_go_on and _EXPECTS.search(head):
        conn.is_told_to_go_on = True
        conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
