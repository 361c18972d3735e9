# Every approved JUnit report is valid, and the schema refuses what it should.
set -u
cd "$KEUR_SOURCE/tests/reports" || exit 1
command -v xmllint >/dev/null || { echo "xmllint is missing; install libxml2-utils"; exit 1; }

valid() { xmllint --nonet --noout --schema junit.xsd "$@" 2>&1; }

for file in golden/*/junit.xml; do
    valid "$file" || exit 1
done
# A schema that takes anything proves nothing.
broken=$(mktemp)
trap 'rm -f "$broken"' EXIT
sed 's/<failure /<mishap /; s/<\/failure>/<\/mishap>/' golden/every-outcome/junit.xml >"$broken"
valid "$broken" >/dev/null && { echo "the schema takes an unknown element"; exit 1; }
sed 's/time="[0-9.]*"/time="soon"/' golden/every-outcome/junit.xml >"$broken"
valid "$broken" >/dev/null && { echo "the schema takes a time that is no number"; exit 1; }
exit 0
