# What keur sees of a web application: a secret in its cookies or hidden in its markup, its own page for signing in where another
# was asked for, and a sign-out that leads away.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
mkdir leaky
cat > leaky/application.py <<'END'
import http.server, json, os, urllib.parse
settings = json.load(open(os.environ["KEUR_SETTINGS"]))
link = lambda name, **query: settings[name] + "?" + urllib.parse.urlencode({"client_id": settings["client_id"], **query})
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0]
        to = {"/in": link("authorization_endpoint", redirect_uri=settings["redirect_uri"], response_type="code", scope=settings["scope"],
                          state=os.urandom(24).hex(), nonce=os.urandom(24).hex()), "/over": "/in", "/out": link("end_session_endpoint")}.get(path)
        self.send_response(302 if to else 200)
        self.send_header("Location", to) if to else self.send_header("Content-Type", "text/html")
        if path == "/back" and os.environ["LEAK"] == "cookie":
            self.send_header("Set-Cookie", "kept=" + settings["client_secret"])
        self.end_headers()
        hidden = settings["client_secret"] if os.environ["LEAK"] == "markup" else "nothing"
        self.wfile.write(b"" if to else f"<p>Welkom</p><!-- {hidden} -->".encode())
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Page).serve_forever()
END
for leak in nothing cookie markup; do
    mkdir -p "$leak"
    cat > "$leak/client.yaml" <<END
title: An application that leaks $leak
version: "1"
way: web-application
start: [python3, $out/leaky/application.py]
environment: {PORT: \$port, LEAK: $leak}
systems: [burgerprofiel]
flows: [sign-in, hand-off, sign-out]
clock: preload
needs: [python3]
redirect_uri: http://localhost:\$port/back
ready: /
pages:
  sign-in:  {get: /in, done: {status: 200, text: Welkom}, refused: {status: 500}}
  hand-off: {get: /over, done: {status: 200}, refused: {status: 500}}
  sign-out: {get: /out, done: {status: 200}, refused: {status: 500}}
END
done
said() {
    rm -rf "$out/run"
    "$KEUR_BIN/keur" run --client "$out/$1" -k "$2" --quiet --report json --out "$out/run" > "$out/said" 2>&1
    [ -f run/report.json ] || { cat said; return 1; }
    python3 - "$1 $2: $3" "$3" "$4" "$5" <<'END'
import json, sys
what, rule, kind, outcome = sys.argv[1:]
results = [r for r in json.load(open("run/report.json"))["results"] if r["rule"] == rule and r["kind"] == kind]
seen = sorted({r["outcome"] for r in results})
print(what, seen, results[0]["because"] if results else open("said").read())
sys.exit(seen != [outcome])
END
}
bad=0
said nothing burgerprofiel/sign-out/client-id MBP-08 standing pass || bad=1
if grep -q 'instead of the application' run/record.jsonl; then
    echo "a sign-out that leads to the platform's own page was not taken for a link"
    bad=1
fi
said cookie burgerprofiel/sign-out/client-id MBP-08 standing fail || bad=1
said markup burgerprofiel/sign-out/client-id MBP-08 standing fail || bad=1
said nothing burgerprofiel/hand-off/not-signed-in MBP-34 negative inconclusive || bad=1
grep -q 'it sends the user to its page for signing in' run/record.jsonl || { echo "its page for signing in was taken for a link"; bad=1; }
exit $bad
