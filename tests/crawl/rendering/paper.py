"""A paper whose pages are empty shells that scripts fill; what some of the scripts do besides is the test."""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from fixtures.serve import answering
from tests.crawl.guard.trap import TRAP_HOST, Trap, running

PROSE = "The old {0} left the harbour at nine with forty people on board, as the {0} last did thirty years ago. "
FOLDER = "/2026/03/24/"
SLOW_SECONDS = 3.0  # for one answer: time to break something in
APP = """
const root = () => document.getElementById("root");
const name = location.pathname.split("/").filter(word => word).pop();
const build = story => {
  root().innerHTML = `<article><h1>${story.title}</h1>` +
    story.paragraphs.map(text => `<p>${text}</p>`).join("") + "</article>";
  document.title = story.title;
};
const load = (path = `/api/${name}.json`, options = {}) =>
  fetch(path, options).then(answer => answer.json()).then(build);
const front = stories => {
  root().innerHTML = "<h1>News</h1><ul>" +
    stories.map(([path, title]) => `<li><a href="${path}">${title}</a></li>`).join("") + "</ul>";
};
"""
# Page → its script; {trap} and {udp} are addresses that nothing may reach.
SCRIPTS: dict[str, str] = {
    "ferry": "load()",
    "market": "load()",
    "inline": "build({story})",
    "half": "document.querySelector('article').insertAdjacentHTML('beforeend', '<p>{more}</p>')",
    "later": "setTimeout(() => load(), 300)",
    "posted": "load('/api/graph', {method: 'POST', body: JSON.stringify({q: name}), "
    "headers: {'Content-Type': 'application/json'}})",
    # As bundlers do: the application is a module that is imported when the style that belongs to it has come.
    "modular": "const style = document.createElement('link'); style.rel = 'stylesheet'; style.href = '/chunk.css'; "
    "style.onload = () => import('/module.js').then(module => module.start(load)); document.head.append(style)",
    "cookied": "document.cookie = 'seen=1; path=/'; load('/api/cookied.json')",
    "moved-data": "load('/api/moved')",
    "restless": "load(); setInterval(() => fetch('/api/tick.json'), 50)",
    "slow": "load('/api/slow.json')",
    "slower": "load('/api/slower.json')",
    "loop": "load().then(() => { while (true) {} })",
    "endless": "const grow = () => { for (let n = 0; n < 1e5; n++) root().append(document.createElement('p')); "
    "setTimeout(grow) }; grow()",
    "bloat": "const kept = []; while (true) kept.push(new Array(1e6).fill(Math.random()))",
    "million": "root().innerHTML = '<p>The ferry sails again today.</p>'.repeat(1e6)",
    "large": "root().append(document.createComment('ferry '.repeat(2e6)))",
    "crowd": "Promise.allSettled([...Array(80).keys()].map(n => fetch(`/api/tick.json?n=${n}`)))",
    "thrown": "throw new Error('broken')",
    "reloading": "load().then(() => location.reload())",
    "onward": "location.href = '{folder}market/'",
    "abroad": "load().then(() => { location.href = 'http://elsewhere.example/' })",
    "pestering": "for (let n = 0; n < 20; n++) window.open('/2026/03/24/market/'); alert('read'); confirm('us'); "
    "prompt('now'); window.onbeforeunload = () => 'stay'; "
    "const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.exe'; "
    "document.body.append(a); a.click(); print(); load()",
    "private": "Promise.allSettled(['http://{trap}/', 'http://169.254.169.254/latest/', 'http://[::1]:{port}/', "
    "'http://127.0.0.1:1/', 'file:///etc/passwd'].map(url => fetch(url, {mode: 'no-cors'}))).then(() => load())",
    "straying": """
const tries = [
  () => new WebSocket('ws://{trap}/'), () => new EventSource('http://{trap}/'),
  () => navigator.sendBeacon('http://{trap}/', 'x'), () => { new Image().src = 'http://{trap}/' },
  () => fetch('http://elsewhere.example/', {method: 'POST', body: 'x'}),
  () => navigator.serviceWorker.register('/app.js'), () => new Worker('http://{trap}/x.js'),
  () => { const frame = document.createElement('iframe'); frame.src = 'http://{trap}/'; document.body.append(frame) },
  () => { for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'prerender', 'modulepreload', 'icon']) {
    const link = document.createElement('link'); link.rel = rel; link.href = 'http://{trap}/';
    document.head.append(link) } },
  () => { const rules = document.createElement('script'); rules.type = 'speculationrules';
    rules.textContent = JSON.stringify({prerender: [{source: 'list', urls: ['/2026/03/24/market/']}]});
    document.head.append(rules) },
  () => { const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:{udp}'}, {urls: 'stun:{trap}?transport=tcp'},
    {urls: 'turn:{trap}?transport=tcp', username: 'a', credential: 'b'}]});
    peer.createDataChannel('x'); peer.createOffer().then(offer => peer.setLocalDescription(offer)) },
  () => new WebTransport('https://{udp}/'),
];
for (const one of tries) { try { const made = one(); if (made && made.catch) made.catch(() => 0) } catch (error) {} }
load().then(() => { let ticks = 0; const tick = () => fetch('/api/tick.json').then(() => {
  if (++ticks < 8) setTimeout(tick, 250) }); tick() })""",  # so that there is time to stray in,
}

HALF = "<article><h1>The old half of the harbour</h1><p>" + PROSE.format("half") * 3 + "</p></article>"


@dataclass(frozen=True)
class Seen:
    """A request that came."""

    method: str
    path: str
    headers: Mapping[str, str]


class Paper(ThreadingHTTPServer):
    """Serves the front page and the pages of some names."""

    daemon_threads = True

    def __init__(self, names: tuple[str, ...], places: Mapping[str, str]) -> None:
        """Listen at a free port of 127.0.0.1."""
        super().__init__(("127.0.0.1", 0), Answering)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.names = names
        self.places = {**places, "port": str(self.server_port), "folder": FOLDER}
        self.seen: list[Seen] = []
        self.pausing = self.most_pausing = 0  # slow answers under way: now, at most

    def asked(self, path: str) -> list[Seen]:
        """Return the requests for a path."""
        return [each for each in self.seen if each.path == path]

    def pause(self) -> None:
        """Take long."""
        self.pausing += 1
        self.most_pausing = max(self.most_pausing, self.pausing)
        time.sleep(SLOW_SECONDS)
        self.pausing -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: the crawl hangs up on what takes too long."""


class Answering(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: Paper
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        self.respond()

    def do_POST(self) -> None:
        self.respond()

    def respond(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append(Seen(self.command, self.path, dict(self.headers.items())))
        status, headers, content = answer(self.server, self.command, self.path, body, self.headers.get("Cookie") or "")
        if headers.get("ETag") and self.headers["If-None-Match"] == headers["ETag"]:
            status, content = 304, b""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def title(name: str) -> str:
    """Return the headline of a page."""
    return f"The old {name} of the harbour is in the news again"


def story(name: str) -> dict[str, object]:
    """Return what the API says of a page."""
    return {"title": title(name), "paragraphs": [PROSE.format(name) * 2, PROSE.format(f"Möwe of the {name}") * 3]}


def answer(paper: Paper, method: str, path: str, body: bytes, cookie: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body."""
    path = urlsplit(path).path
    name = path.strip("/").rpartition("/")[2].removesuffix(".json")
    if path == "/app.js":
        return 200, {"Content-Type": "text/javascript"}, APP.encode()
    if path == "/module.js":
        return 200, {"Content-Type": "text/javascript"}, b"export const start = load => load()"
    if path == "/":
        stories = [[f"{FOLDER}{each}/", title(each)] for each in paper.names]
        return page(f"front({json.dumps(stories)})")
    if path == "/feed.xml":
        items = f"<item><title>{title('feed')}</title><link>{paper.address}{FOLDER}feed/</link></item>"
        feed = f"<rss version='2.0'><channel><title>Herald</title>{items}</channel></rss>"
        return 200, {"Content-Type": "text/html"}, feed.encode()  # as some servers call it
    if path == f"{FOLDER}feed/":
        return page("load()")
    if path.startswith(FOLDER) and name in SCRIPTS:
        script = SCRIPTS[name].replace("{story}", json.dumps(story(name)))
        for place, value in paper.places.items():
            script = script.replace(f"{{{place}}}", value)
        return page(script.replace("{more}", PROSE.format("rest") * 3), HALF if name == "half" else "")
    if path == "/api/moved":
        return 302, {"Location": "/api/moved-data.json"}, b""
    if path == "/api/graph" and method == "POST":
        name = json.loads(body)["q"]
    if path == "/api/cookied.json" and {"seen=1", "paid=1"} - set(cookie.split("; ")):
        return 403, {"Content-Type": "application/json"}, b"{}"
    if name.startswith("slow") and path.startswith("/api/"):
        paper.pause()
    if path.startswith("/api/"):
        return 200, {"Content-Type": "application/json"}, json.dumps(story(name)).encode()
    return 404, {"Content-Type": "text/html"}, b"<title>Not found</title><h1>Not found</h1>"


def page(script: str, content: str = "") -> tuple[int, dict[str, str], bytes]:
    """Return a page that is nothing without its script; its charset is one that what is built of it is not in."""
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="windows-1252"><title>Loading</title>
<link rel="stylesheet" href="/app.css"><script src="/app.js"></script></head>
<body><div id="root">{content}</div><img src="/logo.png"><script>{script}</script></body></html>"""
    return 200, {"Content-Type": "text/html", "ETag": '"1"', "X-Paper": "herald"}, html.encode("windows-1252")


class PacketTrap:
    """Counts the UDP packets that come."""

    def __init__(self) -> None:
        """Listen."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((TRAP_HOST, 0))
        self.port: int = self._socket.getsockname()[1]
        self.packets = 0

    def receive(self) -> None:
        """Count until an empty packet comes."""
        with self._socket:
            while self._socket.recv(2048):
                self.packets += 1

    def stop(self) -> None:
        """Send it."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"", (TRAP_HOST, self.port))


@contextmanager
def set_packet_trap() -> Iterator[PacketTrap]:
    """Count packets while the block runs."""
    trap = PacketTrap()
    with running(trap.receive, trap.stop):
        yield trap


@contextmanager
def serve_paper(*names: str, trap: Trap | None = None, packets: PacketTrap | None = None) -> Iterator[Paper]:
    """Serve pages of some names while the block runs."""
    places = {
        "trap": f"{TRAP_HOST}:{trap.port if trap else 9}",
        "udp": f"{TRAP_HOST}:{packets.port if packets else 9}",
    }
    with Paper(names, places) as paper, answering(paper):
        yield paper
