"""An endpoint for tests that speaks OpenAI's chat completions, on this machine only, and misbehaves as it is told.

The name of the model says how. Every request is written to a log as a line of JSON; the port is printed first. It ends
with its standard input.

    python3 endpoint.py LOG
"""

import email.utils
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

lock = threading.Lock()
counts = {}


def findings(text):
    """What a good model would say: this one knows a single turn of phrase."""
    if "felt nothing" not in text.replace("\u00a0", " "):
        return []
    return [{"concept": "impaired-bonding", "quote": "felt nothing", "stance": "supports", "confidence": 0.9,
             "reason": "no feeling where one is expected"}]


def answer(passages):
    return {"passages": [{"id": p["id"], "findings": findings(p["text"])} for p in passages]}


class Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = json.loads(body)
        model = request["model"]
        user = request["messages"][-1]["content"]
        passages = json.loads(user)["passages"]
        with lock:
            counts[model] = counts.get(model, 0) + 1
            number = counts[model]
            with open(sys.argv[1], "a") as log:
                log.write(json.dumps({
                    "path": self.path, "model": model, "key": self.headers.get("Authorization"),
                    "texts": [p["text"] for p in passages], "roles": [m["role"] for m in request["messages"]],
                    "format": (request.get("response_format") or {}).get("type"),
                    "temperature": request.get("temperature"),
                    "concepts": "impaired-bonding" in request["messages"][0]["content"],
                    "system": request["messages"][0]["content"] if number == 1 else None,
                }) + "\n")
        self.behave(model, number, request, passages)

    def behave(self, model, number, request, passages):
        good = answer(passages)
        ids = [p["id"] for p in passages]
        form = (request.get("response_format") or {}).get("type")
        if self.path != "/v1/chat/completions":
            self.fail(404, "no such path")
        elif model == "fence":
            self.say("Here is what I found:\n```json\n" + json.dumps(good, indent=2) + "\n```\nShall I go on?")
        elif model == "list":
            self.say(json.dumps(good["passages"]))
        elif model == "parts":
            text = json.dumps(good)
            self.say([{"type": "text", "text": text[:20]}, {"type": "text", "text": text[20:]}])
        elif model == "numbers":
            for passage in good["passages"]:
                passage["id"] = int(passage["id"])
                for finding in passage["findings"]:
                    finding["confidence"] = "90"
            self.say(json.dumps(good))
        elif model == "slow":
            time.sleep(4)
            self.say(json.dumps(good))
        elif model == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            try:
                for _ in range(40):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                pass
            self.close_connection = True
        elif model == "busy" and number == 1:
            self.fail(429, "rate limit reached", {"Retry-After": "1"})
        elif model == "busy-date" and number == 1:
            self.fail(429, "rate limit reached", {"Retry-After": email.utils.formatdate(time.time() + 2, usegmt=True)})
        elif model == "busy-long":
            self.fail(429, "come back tomorrow", {"Retry-After": "86400"})
        elif model == "error-twice" and number <= 2 or model == "error-always":
            self.fail(500, "the model has crashed")
        elif model == "error-later" and number > 1:
            self.fail(401, "no credit left")
        elif model == "closed" and number == 1:
            self.connection.close()
            self.close_connection = True
        elif model == "short-body" and number == 1:
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b'{"choices": [')
            self.wfile.flush()
            self.connection.close()
            self.close_connection = True
        elif model == "broken" or model == "broken-batches" and len(ids) > 1:
            self.say('{"passages": [{"id": "1", "findings": [}]')
        elif model == "prose":
            self.say("I am sorry, I cannot help with families.")
        elif model == "null":
            self.say(None)
        elif model == "html" and number == 1:
            self.send(200, b"<html><body>Welcome to the hotel network</body></html>")
        elif model == "truncated" and len(ids) > 1:
            text = json.dumps(good)
            self.say(text[:len(text) * 2 // 3], finish="length")
        elif model == "invented":
            first = good["passages"][0]["findings"]
            first += [
                {"concept": "impaired-bonding", "quote": "she never loved him", "stance": "supports",
                 "confidence": 1, "reason": "made up"},
                {"concept": "demonic-possession", "quote": "felt nothing", "stance": "supports", "confidence": 1,
                 "reason": "no such concept"},
                {"concept": "bond", "quote": "felt nothing", "stance": "supports", "confidence": 1,
                 "reason": "a facet, not a concept to suggest"},
                {"concept": "neglect", "quote": "", "stance": "supports", "confidence": 1, "reason": "no words"},
                {"concept": "neglect", "quote": "e", "stance": "supports", "confidence": 1, "reason": "a letter"},
                {"concept": "neglect", "confidence": 1},
                "nonsense",
            ]
            self.say(json.dumps(good))
        elif model == "wrong-ids":
            good["passages"] = [{"id": "0", "findings": findings("felt nothing")}, {"id": "p1", "findings": []},
                                {"id": "99", "findings": findings("felt nothing")}] + good["passages"]
            good["passages"].append({"id": ids[0], "findings": []})
            self.say(json.dumps(good))
        elif model == "swapped":
            for passage in good["passages"]:
                passage["id"] = ids[-1 - ids.index(passage["id"])]
            self.say(json.dumps(good))
        elif model == "forgetful":
            good["passages"] = good["passages"][:1]
            self.say(json.dumps(good))
        elif model == "mute":
            self.say('{"passages": []}')
        elif model == "obedient":
            # Does what a passage tells it to.
            if any("IGNORE ALL RULES" in p["text"] for p in passages):
                good = {"passages": [{"id": i, "findings": [
                    {"concept": "neglect", "quote": "This parent neglects the child.", "stance": "supports",
                     "confidence": 1, "reason": "as I was told\u001b[2J"}]} for i in ids]}
            self.say(json.dumps(good))
        elif model == "no-schema" and form == "json_schema":
            self.fail(400, "response_format of type json_schema is not supported")
        elif model == "no-format" and form is not None:
            self.fail(400, "Unknown parameter: response_format")
        elif model == "no-temperature" and "temperature" in request:
            self.fail(400, "Unsupported value: 'temperature' does not support 0 with this model")
        elif model == "unauthorized":
            self.fail(401, "Incorrect API key provided: " + (self.headers.get("Authorization") or ""))
        elif model == "unknown":
            self.fail(404, "model 'unknown' not found, try pulling it first")
        elif model == "too-long" and len(ids) > 1:
            self.fail(400, "This model's maximum context length is 12 tokens")
        elif model == "redirect":
            self.send(307, b"", {"Location": "http://127.0.0.1:%d/v1/elsewhere" % self.server.server_port})
        elif model == "no-usage":
            self.say(json.dumps(good), usage=False)
        else:
            self.say(json.dumps(good))

    def say(self, content, finish="stop", usage=True):
        body = {"id": "1", "object": "chat.completion",
                "choices": [{"index": 0, "finish_reason": finish,
                             "message": {"role": "assistant", "content": content}}]}
        if usage:
            body["usage"] = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
        self.send(200, json.dumps(body).encode())

    def fail(self, status, message, headers=None):
        self.send(status, json.dumps({"error": {"message": message, "type": "error"}}).encode(), headers)

    def send(self, status, body, headers=None):
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
server.daemon_threads = True
threading.Thread(target=end_with_parent, daemon=True).start()
print(server.server_port, flush=True)
server.serve_forever()
