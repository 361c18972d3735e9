# Every mutant is caught by its own rule, and the clean client by none.
set -u
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
exec timeout 1400 "$KEUR_BIN/keur" mutants --out "$out/run"
