# Every flaw of the reference client is a row of clients/mutants/, and every row names a flaw that there is.
set -u
"$KEUR_BIN/keur-reference" --list-flaws | cut -d ' ' -f 1 | sort >flaws.$$
# A row's flaw is its name, unless it says `flaw:`; one flaw can have several rows, for the rules of several systems.
awk '/^ *- name: / { if (flaw) print flaw; flaw = $3 } /^ *flaw: / { flaw = $2 } END { print flaw }' \
    "$KEUR_SOURCE"/clients/mutants/*.yaml | sort -u >mutants.$$
trap 'rm -f flaws.$$ mutants.$$' EXIT
[ -s flaws.$$ ] || { echo "the reference client lists no flaws"; exit 1; }
diff flaws.$$ mutants.$$ || { echo "above: flaws without a mutant (<) and mutants without a flaw (>)"; exit 1; }
