# Clients that are told of a sign-out and end no session, or whose server hangs or ends then, earn no pass in any scenario about it.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
# keur's reference client, but for its server: that takes the first logout token, and what it does with the next says DEED.
cat > server.py <<'END'
import http.server, json, os, subprocess, sys, threading, time
ended = threading.Event()
told = 0
class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        global told
        told += 1
        if told > 1 and os.environ["DEED"] == "hang":
            time.sleep(60)
        if told > 1:
            os._exit(3)
        ended.set()
        self.send_response(200)
        self.end_headers()
    def log_message(self, *words):
        pass
server = http.server.ThreadingHTTPServer(("localhost", int(os.environ["PORT"])), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
reference = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
for line in sys.stdin:
    if json.loads(line).get("do") == "sign-in":
        ended.clear()
    if json.loads(line).get("do") == "call" and ended.is_set():
        print('{"refused":"signed out elsewhere"}', flush=True)
        continue
    reference.stdin.write(line)
    reference.stdin.flush()
    print(reference.stdout.readline(), end="", flush=True)
reference.stdin.close()
END
# client NAME START LOGOUT: its client.yaml
client() {
    mkdir "$1"
    cat > "$1/client.yaml" <<END
title: A client that $1
version: "1"
way: adapter
start: $2
environment: {CERTIFICATE: \$cert_file, KEY: \$key_file, PORT: \$port, DEED: $1}
logout: $3
systems: [nlgov-openid, idporten]
flows: [sign-in, userinfo, back-channel-logout, front-channel-logout]
clock: preload
answer-limit: 1s
END
}
client 'keeps' '[$bin/keur-reference, --flaw, logout-unheeded, --flaw, logout-errors-hidden]' \
    '{back-channel: "https://localhost:$port/told", front-channel: "https://localhost:$port/frame"}'
for deed in hang die; do
    client $deed '[python3, $folder/../server.py, $bin/keur-reference]' '{back-channel: "http://localhost:$port/told"}'
done
timeout 300 "$KEUR_BIN/keur" run --client "$out/keeps" --client "$out/hang" --client "$out/die" --tag sign-out \
    --quiet --report json --out "$out/run" > said 2>&1
[ -f run/report.json ] || { cat said; exit 1; }
python3 - <<'END'
import json, sys
# What a client answers before it turns out that it did nothing can be right; that caches must not keep it is such a thing.
results = [r for r in json.load(open("run/report.json"))["results"] if r["rule"][:3] in ("BCL", "FCL", "IDP") and r["kind"] != "standing" and r["rule"] != "BCL-05"]
bad = 0
for client in ("keeps", "hang", "die"):
    judged = [r for r in results if r["client"] == client]
    if client != "keeps":  # these two do end a session at the first token: only a second one shows what they are
        judged = [r for r in judged if r["rule"] != "BCL-03" and "token-kind" not in r["scenario"]]
    passed = [r for r in judged if r["outcome"] == "pass" and r["kind"] == "negative"]
    failed = sorted({r["rule"] for r in judged if r["outcome"] == "fail"})
    print(f"{client}: {len(judged)} verdicts, {len(passed)} passes, failed: {failed}")
    for r in passed:
        print("   earned a pass:", r["scenario"], r["case"], r["rule"])
    bad = bad or passed or not failed or any(r["outcome"] == "unsupported" for r in judged if r["rule"][0] == "B")
sys.exit(bool(bad))
END
