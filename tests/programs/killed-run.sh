# Killing keur at any moment loses only what was in flight: the record can be read, reports are made of it, and nothing is left running.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
"$KEUR_BIN/keur" run --client reference -j 2 --quiet --out "$out/run" &
pid=$!
# as soon as some results are there
for _ in $(seq 1 2000); do
    [ "$(wc -l 2>/dev/null <"$out/run/record.jsonl")" -ge 20 ] 2>/dev/null && break
    kill -0 $pid 2>/dev/null || break
    read -r -t 0.01 <> <(:)
done
workers=$(pgrep -P $pid | tr '\n' ' ')
kill -9 $pid
wait $pid 2>/dev/null
lines=$(wc -l <"$out/run/record.jsonl")
[ "$lines" -ge 20 ] || { echo "only $lines lines in the record"; exit 1; }
"$KEUR_BIN/keur" report "$out/run" --format json --format html || exit 1
python3 - "$out/run/report.json" <<'END' || exit 1
import json, sys
report = json.load(open(sys.argv[1]))
assert report["complete"] is False, "a killed run says it is complete"
assert len(report["results"]) >= 20, len(report["results"])
END
for worker in $workers; do
    for _ in $(seq 1 500); do kill -0 "$worker" 2>/dev/null || break; read -r -t 0.01 <> <(:); done
    if kill -0 "$worker" 2>/dev/null && [ "$(sed -n 's/^State:\t\(.\).*/\1/p' /proc/"$worker"/status)" != Z ]; then
        echo "worker $worker outlived keur"
        exit 1
    fi
done
exit 0
