#!/bin/bash
# A token from Maskinporten and a call with it, by curl, openssl and jq, as small integrations do it.
# Usage: maskinporten.sh token | call OPERATION. Exit 0: done, 1: refused, reason on standard error.
set -u
umask 077

setting() { jq -r --arg name "$1" '.[$name] // empty' "$KEUR_SETTINGS"; }
refuse() { printf '%s\n' "$1" >&2; exit 1; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
ask() { curl --silent --show-error --max-time 5 --proto =https --cacert "$(setting ca_file)" --output body --write-out '%{http_code}' "$@" 2>curl-says; }

check_settings() {
    local name
    for name in client_id issuer private_key api ca_file; do
        [ -n "$(setting "$name")" ] || refuse "the setting '$name' is missing"
    done
    [ -n "$(setting token_endpoint)" ] || refuse "the setting 'token_endpoint' is missing; this script does not read metadata"
}

# The header: the registered key by its id, or the certificates, each as base64 without line breaks.
header() {
    if [ -n "$(setting key_id)" ]; then
        jq -c '{alg: "RS256", kid: .key_id}' "$KEUR_SETTINGS"
    else
        jq -c '{alg: "RS256", x5c: [.certificate_chain | gsub("\n"; "") | scan("-----BEGIN CERTIFICATE-----([^-]+)-----END") | .[0]]}' "$KEUR_SETTINGS"
    fi
}

assertion() {
    local now signed
    now=$(date +%s)
    signed="$(header | tr -d '\n' | base64url).$(jq -c --arg operation "$1" --argjson now "$now" --arg jti "$(openssl rand -hex 16)" \
        '{aud: .issuer, iss: .client_id, iat: $now, exp: ($now + 100), jti: $jti} + .grants[$operation]' "$KEUR_SETTINGS" | tr -d '\n' | base64url)"
    setting private_key > key.pem
    printf '%s.%s' "$signed" "$(printf '%s' "$signed" | openssl dgst -sha256 -sign key.pem -binary | base64url)"
}

# A file for each kind of token, with the moment until which it is good in the first line.
token_file() { printf 'token-%s' "$(jq -cS --arg operation "$1" '.grants[$operation]' "$KEUR_SETTINGS" | sha256sum | cut -c1-32)"; }

fetch_token() {
    local status lifetime
    assertion "$1" > grant
    status=$(ask --data-urlencode grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer --data-urlencode assertion@grant "$(setting token_endpoint)") ||
        refuse "the token endpoint was not reached: $(cat curl-says)"
    rm -f grant key.pem
    [ "$status" = 200 ] || refuse "no token was given ($status): $(jq -r '"\(.error): \(.error_description)"' body 2>/dev/null || head -c 200 body)"
    jq -e '(.access_token | type == "string" and length > 0) and (.token_type | ascii_downcase == "bearer")' body > jq-says 2>&1 ||
        refuse "the answer of the token endpoint cannot be used"
    lifetime=$(jq -r '.expires_in // 60 | floor' body)
    { echo $(($(date +%s) + lifetime - 5)); jq -r .access_token body; } > "$(token_file "$1")"
}

token() {
    local file
    file=$(token_file "$1")
    [ -s "$file" ] && [ "$(date +%s)" -lt "$(head -n 1 "$file")" ] || fetch_token "$1"
}

call() {
    printf 'header = "Authorization: Bearer %s"\n' "$(tail -n 1 "$(token_file "$1")")" |
        ask --config - "$(setting api)$(jq -r --arg operation "$1" '.operations[$operation]' "$KEUR_SETTINGS")" ||
        refuse "the API was not reached: $(cat curl-says)"
}

check_settings
case "$1" in
token) token "$(jq -r '.operations | keys_unsorted[0]' "$KEUR_SETTINGS")" ;;
call)
    token "$2"
    status=$(call "$2") || exit 1
    if [ "$status" = 401 ]; then
        rm -f "$(token_file "$2")"
        token "$2"
        status=$(call "$2") || exit 1
    fi
    [ "$status" = 200 ] || refuse "the API answered $status"
    ;;
*) exit 89 ;;
esac
