# The program runs from any folder, writes where it is told, obeys --seed, --shard and --report, and masks every secret it handed out.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
"$KEUR_BIN/keur" run --client reference --seed 7 --quiet --out "$out/a" || { echo "the reference client does not pass: status $?"; "$KEUR_BIN/keur" report "$out/a"; exit 1; }
for file in record.jsonl report.json junit.xml report.html; do
    [ -s "$out/a/$file" ] || { echo "no $file"; exit 1; }
done
"$KEUR_BIN/keur" run --client reference --seed 7 --quiet --report json --shard 1/2 --out "$out/s1" || exit 1
"$KEUR_BIN/keur" run --client reference --seed 7 --quiet --report json --shard 2/2 --out "$out/s2" || exit 1
[ ! -e "$out/s1/report.html" ] || { echo "--report json wrote report.html too"; exit 1; }
python3 - "$out" <<'END'
import json, sys
out = sys.argv[1]
def load(name):
    return json.load(open(f"{out}/{name}/report.json"))
def keys(report):
    return {(r["scenario"], r["case"], r["rule"], r["outcome"]) for r in report["results"] if r["kind"] != "standing" and r["rule"] != "control"}
whole, first, second = load("a"), load("s1"), load("s2")
assert whole["complete"] is True
assert keys(whole) == keys(first) | keys(second), sorted(keys(whole) ^ (keys(first) | keys(second)))[:5]
assert not (keys(first) & keys(second)), "shards overlap"
for entry in whole["results"]:
    for member in ("client", "system", "scenario", "case", "rule", "level", "kind", "outcome", "whose", "because", "time"):
        assert member in entry, (member, entry)
END
