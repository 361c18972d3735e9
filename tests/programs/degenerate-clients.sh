# The do-nothing, exit-1, crashing, hanging, slow, refuse-everything and other broken clients earn no pass in any negative scenario,
# every run of theirs ends, and nothing of theirs is left running.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
cp -r "$KEUR_SOURCE/tests/clients" broken
"$KEUR_BIN/keur" list systems --json > systems.json
# every system and flow there is, also those that come later
python3 - <<'END' || exit 1
import glob, json, re
systems = json.load(open("systems.json"))
names = ", ".join(s["id"] for s in systems)
flows = ", ".join(sorted({flow for s in systems for flow in s["flows"]}))
for file in glob.glob("broken/*/client.yaml"):
    text = open(file).read()
    text = re.sub(r"(?m)^systems: .*", f"systems: [{names}]", text)
    open(file, "w").write(re.sub(r"(?m)^flows: .*", f"flows: [{flows}]", text))
END
arguments=""
heavy=""  # what these do concerns keur's keeping of processes and pipes, which is the same for each system, and takes a quarter of a second
for folder in "$out"/broken/*/; do
    case $(basename "$folder") in
    wrong-way) ;;
    gigabyte-of-lines | leaves-children) heavy="$heavy --client $folder" ;;
    *) arguments="$arguments --client $folder" ;;
    esac
done
said=$("$KEUR_BIN/keur" run --client "$out/broken/wrong-way" 2>&1)
[ $? = 2 ] && printf '%s' "$said" | grep -q 'wrong-way/client.yaml:1:1: ' || { echo "a client.yaml that cannot work was not refused with its place: $said"; exit 1; }
# Of the TLS cases, which ask the same of a client at each connection, the catalogue at one of them is enough.
play() {
    timeout 1400 "$KEUR_BIN/keur" run --quiet --report json "$@"
    status=$?
    [ $status = 1 ] || [ $status = 3 ] || { echo "keur run $* ended with $status, not 1 or 3"; exit 1; }
}
# shellcheck disable=SC2086
play $arguments --not-tag tls --out "$out/run"
# shellcheck disable=SC2086
play $arguments --tag tls --system maskinporten --out "$out/tls"
# shellcheck disable=SC2086
play $heavy --not-tag tls --system loket --out "$out/heavy"
python3 - "$out/broken" "$out/run/report.json" "$out/tls/report.json" "$out/heavy/report.json" <<'END'
import json, os, sys
every = [r for file in sys.argv[2:] for r in json.load(open(file))["results"]]
clients = sorted(set(os.listdir(sys.argv[1])) - {"wrong-way"})
systems = [s["id"] for s in json.load(open("systems.json"))]
bad = 0
for client in clients:
    results = [r for r in every if r["client"] == client]
    for system in systems if client not in ("gigabyte-of-lines", "leaves-children") else ["loket"]:
        negative = [r for r in results if r["system"] == system and r["kind"] == "negative"]
        passed = [r for r in negative if r["outcome"] == "pass"]
        print(f"{client}, {system}: {len(negative)} negative verdicts, {len(passed)} passes")
        for r in passed[:5]:
            print("   earned a pass:", r["scenario"], r["case"], r["rule"])
        if passed or not negative or any(r["outcome"] == "unsupported" for r in negative):
            bad = 1
sys.exit(bad)
END
bad=$?
left=$(pgrep -f "$out/broken/" | wc -l)
[ "$left" = 0 ] || { echo "$left processes of the clients are still running"; pgrep -af "$out/broken/"; bad=1; }
exit $bad
