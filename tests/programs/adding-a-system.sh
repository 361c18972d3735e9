# A system made of the YAML files in docs/adding-a-system.md, in a folder of its own, is loaded, played and judged by the finished binary.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
python3 - "$KEUR_SOURCE/docs/adding-a-system.md" <<'END' || exit 1
import pathlib, re, sys
blocks = re.findall(r"```yaml file=(\S+)\n(.*?)```", open(sys.argv[1]).read(), re.S)
assert len(blocks) == 3, f"{len(blocks)} files in the document"
for name, text in blocks:
    file = pathlib.Path("mine", name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
END
mkdir -p mine/clients/portal
cat > mine/clients/portal/client.yaml <<'END'
title: the reference client at the broker
version: "1"
way: adapter
start: [$bin/keur-reference]
systems: [makelaar]
flows: [sign-in]
clock: preload
answer-limit: 10s
END
"$KEUR_BIN/keur" --data mine lint || exit 1
"$KEUR_BIN/keur" --data mine run --system makelaar --client portal --quiet --report json --out report || { echo "the run ended with $?"; "$KEUR_BIN/keur" report report; exit 1; }
python3 - <<'END'
import json
report = json.load(open("report/report.json"))
assert {r["system"] for r in report["results"]} <= {"makelaar", "oauth"}, "other systems were played"
told = {(r["rule"], r["case"]): r["outcome"] for r in report["results"]}
for wanted in [("MAK-02", "forged"), ("MAK-02", "missing"), ("MAK-01", "forged")]:
    assert told.get(wanted) == "pass", (wanted, told.get(wanted))
of_others = [r["id"] for r in report["rules"]["catalogue"] if r["system"] == "loket"]
assert not of_others, f"rules of another platform are in the report: {of_others}"
END
