#!/usr/bin/env python3
"""Adds highlights to a text with Taguette and annotations with casebook, in turn, and prints the medians.

Taguette is asked as its page asks it: one HTTP request to a server that is warm. casebook is a whole run of the
program each time, start to exit, with the file durable at its end. Needs `taguette` (PyPI) and a casebook binary.

    taguette.py TAGUETTE CASEBOOK [RUNS]
"""
import http.cookiejar
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

taguette, casebook = sys.argv[1], os.path.abspath(sys.argv[2])
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 101
port = 7465  # Taguette's own.
paragraphs = [f"Paragraph {n}: she told the nurse that she felt nothing, and the door stood open." for n in range(2000)]


class Taguette:
    def __init__(self, folder):
        command = [taguette, "--no-browser", "--port", str(port), "--database", os.path.join(folder, "t.sqlite3")]
        environment = dict(os.environ, HOME=folder, XDG_CACHE_HOME=folder)
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        for line in self.process.stdout:
            found = re.search(r"http://\S+token=\w+", line)
            if found:
                break
        else:
            sys.exit("Taguette does not start")
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.root = f"http://localhost:{port}"
        for _ in range(50):
            try:
                self.opener.open(found.group(0)).read()
                break
            except OSError:
                time.sleep(0.2)
        page = self.opener.open(self.root + "/project/new").read().decode()
        token = re.search(r'name="_xsrf" value="([^"]+)"', page).group(1)
        form = urllib.parse.urlencode({"_xsrf": token, "name": "p", "description": ""}).encode()
        self.opener.open(self.root + "/project/new", form).read()
        self.token = next((c.value for c in self.jar if c.name == "_xsrf"), token)
        html = "<html><body>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</body></html>"
        border = "border"
        parts = [("name", "d"), ("description", ""), ("text_direction", "LEFT_TO_RIGHT")]
        body = "".join(f'--{border}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts)
        body += f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="d.html"\r\nContent-Type: text/html\r\n\r\n{html}\r\n--{border}--\r\n'
        self.request("/api/project/1/document/new", body.encode(), f"multipart/form-data; boundary={border}")

    def request(self, path, body, kind="application/json"):
        request = urllib.request.Request(self.root + path, body, {"Content-Type": kind, "X-XSRFToken": self.token})
        return self.opener.open(request).read()

    def add(self, number):
        body = json.dumps({"start_offset": number * 80, "end_offset": number * 80 + 40, "tags": [1]}).encode()
        self.request("/api/project/1/document/1/highlight/new", body)


class Casebook:
    def __init__(self, folder):
        self.folder = os.path.join(folder, "casebook")
        subprocess.run([casebook, "init", self.folder, "--quiet"], check=True)
        text = "".join(f'<p xml:id="p{n}">{p}</p>' for n, p in enumerate(paragraphs))
        header = "<teiHeader><fileDesc><titleStmt><title>D</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
        with open(os.path.join(self.folder, "Corpus/d.xml"), "w") as file:
            file.write(f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{header}<text><body>{text}</body></text></TEI>')

    def add(self, number):
        command = [casebook, "annotate", "add", "d", "--passage", f"p{number}", "--range", "0:40", "--concept", "neglect"]
        subprocess.run(command + ["--layer", "bench", "--as", "bench"], check=True, cwd=self.folder, stdout=subprocess.DEVNULL)


def timed(body):
    start = time.perf_counter()
    body()
    return (time.perf_counter() - start) * 1000


with tempfile.TemporaryDirectory() as folder:
    peer, own = Taguette(folder), Casebook(folder)
    try:
        times = [(timed(lambda: peer.add(n)), timed(lambda: own.add(n))) for n in range(runs)]
    finally:
        peer.process.terminate()
    theirs, ours = (statistics.median(t[i] for t in times) for i in (0, 1))
    print(f"one annotation more, {runs} runs in turn, medians: Taguette {theirs:.1f} ms (a request), casebook {ours:.1f} ms (a run of the program)")
