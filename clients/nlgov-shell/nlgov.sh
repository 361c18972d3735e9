#!/bin/bash
# A token on the program's own behalf and a call with it, by curl, openssl and jq, as small integrations do it. The program
# proves who it is by a signed assertion, or by the certificate that curl shows (RFC 8705).
# Usage: nlgov.sh call OPERATION. Exit 0: done, 1: refused, reason on standard error.
set -u
umask 077

setting() { jq -r "$1 // empty" "$KEUR_SETTINGS"; }
refuse() { printf '%s\n' "$1" >&2; exit 1; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

certificate=$(setting .client_certificate_file)
ask() {
    curl --silent --show-error --max-time 5 --proto =https --cacert "$(setting .ca_file)" \
        ${certificate:+--cert "$certificate" --key "$(setting .client_key_file)"} --output body --write-out '%{http_code}' "$@" 2>curl-says
}

check_settings() {
    local name
    for name in issuer token_endpoint api ca_file; do
        [ -n "$(setting ".$name")" ] || refuse "the setting '$name' is missing"
    done
    case "$(setting .client_authentication)" in
    *tls_client_auth) [ -n "$certificate" ] || refuse "the setting 'client_certificate_file' is missing" ;;
    private_key_jwt) [ -n "$(setting .machine.private_key)" ] || refuse "the setting 'private_key' is missing" ;;
    *) refuse "this script authenticates by a key or a certificate" ;;
    esac
}

token_endpoint() { [ -n "$certificate" ] && setting '.mtls_endpoint_aliases.token_endpoint // .token_endpoint' || setting .token_endpoint; }

# What says who this program is: the certificate needs the id only.
credentials() {
    printf 'client_id=%s' "$(setting .machine.client_id)"
    [ "$(setting .client_authentication)" = private_key_jwt ] || return 0
    local now signed
    now=$(date +%s)
    signed="$(jq -c '{alg: "RS256", kid: .machine.key_id}' "$KEUR_SETTINGS" | tr -d '\n' | base64url).$(jq -c --argjson now "$now" --arg jti "$(openssl rand -hex 16)" \
        '.machine.client_id as $id | {iss: $id, sub: $id, aud: (if .assertion_audience == "token_endpoint" then .token_endpoint else .issuer end | split("?")[0]), iat: $now, exp: ($now + 60), jti: $jti}' \
        "$KEUR_SETTINGS" | tr -d '\n' | base64url)"
    setting .machine.private_key > key.pem
    printf '&client_assertion_type=urn%%3Aietf%%3Aparams%%3Aoauth%%3Aclient-assertion-type%%3Ajwt-bearer&client_assertion=%s.%s' "$signed" \
        "$(printf '%s' "$signed" | openssl dgst -sha256 -sign key.pem -binary | base64url)"
    rm -f key.pem
}

# The token, and the moment until which it is good in the first line.
fetch_token() {
    local status lifetime
    credentials > request
    status=$(ask --data @request --data grant_type=client_credentials --data-urlencode "scope=$(setting .machine.scope)" "$(token_endpoint)") ||
        refuse "the token endpoint was not reached: $(cat curl-says)"
    rm -f request
    [ "$status" = 200 ] || refuse "no token was given ($status): $(jq -r '"\(.error): \(.error_description)"' body 2>/dev/null || head -c 200 body)"
    jq -e '(.access_token | type == "string" and length > 0) and (.token_type | ascii_downcase == "bearer")' body > jq-says 2>&1 ||
        refuse "the answer of the token endpoint cannot be used"
    lifetime=$(jq -r '.expires_in // 60 | floor' body)
    { echo $(($(date +%s) + lifetime - 5)); jq -r .access_token body; } > token
}

call() {
    printf 'header = "Authorization: Bearer %s"\n' "$(tail -n 1 token)" |
        ask --config - "$(setting .api)$(jq -r --arg operation "$1" '.operations[$operation]' "$KEUR_SETTINGS")" ||
        refuse "the API was not reached: $(cat curl-says)"
}

[ "$1" = call ] || exit 89
check_settings
jq -e --arg operation "$2" '.machine.operations // [] | index([$operation])' "$KEUR_SETTINGS" > jq-says || exit 89
[ -s token ] && [ "$(date +%s)" -lt "$(head -n 1 token)" ] || fetch_token
status=$(call "$2") || exit 1
if [ "$status" = 401 ]; then
    fetch_token
    status=$(call "$2") || exit 1
fi
[ "$status" = 200 ] || refuse "the API answered $status"
