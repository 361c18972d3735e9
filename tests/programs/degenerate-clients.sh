# The do-nothing, exit-1, crashing, hanging, slow, refuse-everything and other broken clients earn no pass in any negative scenario,
# every run of theirs ends, and nothing of theirs is left running.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
arguments=""
for folder in "$KEUR_SOURCE"/tests/clients/*/; do
    [ "$(basename "$folder")" = wrong-way ] || arguments="$arguments --client $folder"
done
said=$("$KEUR_BIN/keur" run --client "$KEUR_SOURCE/tests/clients/wrong-way" 2>&1)
[ $? = 2 ] && printf '%s' "$said" | grep -q 'wrong-way/client.yaml:1:1: ' || { echo "a client.yaml that cannot work was not refused with its place: $said"; exit 1; }
# shellcheck disable=SC2086
timeout 900 "$KEUR_BIN/keur" run $arguments --quiet --report json --out "$out/run"
status=$?
[ $status = 1 ] || [ $status = 3 ] || { echo "keur run ended with $status, not 1 or 3"; exit 1; }
python3 - "$out/run/report.json" "$KEUR_SOURCE/tests/clients" <<'END'
import json, os, sys
report = json.load(open(sys.argv[1]))
clients = sorted(set(os.listdir(sys.argv[2])) - {"wrong-way"})
bad = 0
for client in clients:
    results = [r for r in report["results"] if r["client"] == client]
    negative = [r for r in results if r["kind"] == "negative"]
    passed = [r for r in negative if r["outcome"] == "pass"]
    print(f"{client}: {len(negative)} negative verdicts, {len(passed)} passes")
    for r in passed[:5]:
        print("   earned a pass:", r["scenario"], r["case"], r["rule"])
    if passed or not negative:
        bad = 1
sys.exit(bad)
END
bad=$?
left=$(pgrep -f "$KEUR_SOURCE/tests/clients/" | wc -l)
[ "$left" = 0 ] || { echo "$left processes of the clients are still running"; pgrep -af "$KEUR_SOURCE/tests/clients/"; bad=1; }
exit $bad
