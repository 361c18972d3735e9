# A folder includes only what stands below it, and Beast and Asio stay out of headers.
set -u
cd "$KEUR_SOURCE" || exit 1
bad=0

# allowed FOLDER PATTERN… : what files of FOLDER may include, as prefixes
allowed() {
    folder=$1
    shift
    [ -d "$folder" ] || return 0
    prefixes=$(printf '|%s' "$@")
    found=$(find "$folder" \( -name '*.cpp' -o -name '*.h' \) -print0 |
        xargs -0 grep -nE '^#include "' | grep -vE "#include \"(${prefixes#|})")
    if [ -n "$found" ]; then
        printf '%s includes something that does not stand below it:\n%s\n' "$folder" "$found"
        bad=1
    fi
}

base='protocol/base/'
protocol="protocol/(base|http|jose|oauth|tls|x509)/"
allowed protocol/base $base
for folder in http jose oauth tls x509; do allowed protocol/$folder "$protocol"; done
allowed protocol/net "$protocol" protocol/net/
allowed evidence $base evidence/
allowed mocks "$protocol" evidence/ mocks/
allowed reports $base evidence/ reports/
allowed harness/process $base protocol/net/ harness/process/
allowed harness/user "$protocol" protocol/net/ evidence/ harness/user/
allowed harness/judge "$protocol" evidence/ harness/user/html.h harness/judge/
allowed harness/scenario "$protocol" evidence/ mocks/ harness/judge/ harness/scenario/
allowed harness/run protocol/ evidence/ mocks/ reports/ harness/process/ harness/user/ harness/judge/ harness/scenario/ harness/run/
allowed clients/reference protocol/ clients/reference/

headers=$(grep -rnE '#include <boost/(beast|asio)' --include='*.h' . --exclude-dir=build | grep -vE '^\./protocol/net/[a-z_]*_state\.h:')
[ -z "$headers" ] || { printf 'Beast or Asio in a header:\n%s\n' "$headers"; bad=1; }
openssl=$(grep -rnE '#include <openssl/' --include='*.h' --include='*.cpp' . --exclude-dir=build |
    grep -vE '^\./(protocol/(jose|x509|net|oauth)|evidence|tests|fuzz|bench)/')
[ -z "$openssl" ] || { printf 'OpenSSL outside its floors:\n%s\n' "$openssl"; bad=1; }
exit $bad
