#include "mocks/engine/authentication.h"
#include "mocks/engine/client_key.h"
#include "mocks/engine/response_mode.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/switch.h"
#include "mocks/engine/token_format.h"

namespace keur::mocks {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

template <class Row>
std::vector<std::string> names_of(std::vector<Row> const& rows)
{
    std::vector<std::string> names;
    for (auto const& row : rows) names.push_back(row.name);
    return names;
}

std::vector<std::string> registered_methods()
{
    std::vector<std::string> names{"any"};
    for (auto const& row : authentication_methods())
        if (!row.registered_as.empty()) names.push_back(row.registered_as);
    return names;
}

std::vector<std::string> userinfo_algorithms()
{
    auto names = signing_algorithms();
    names.insert(names.begin(), "");
    return names;
}

long long in_milliseconds(std::chrono::milliseconds span)
{
    return span.count();
}

}  // namespace

std::vector<Switch> const& engine_switches()
{
    static std::vector<Switch> const table{
        with_default(choice("registration", "which registration the client under test is told to use",
                            {"own", "shared", "old-secret", "acceptance"}),
                     "own"),
        with_default(
            choice("authorization.pkce", "what becomes of a code_challenge", {"optional", "required", "ignored"}),
            "optional"),
        with_default(choice("authorization.response-order", "which parameter of the redirect comes first",
                            {"state-first", "code-first"}),
                     "code-first"),
        with_default(yes_or_no("consent.remembered", "consent is asked once, not at every sign-in"), false),
        with_default(duration("session.lifetime", "how long a browser stays signed in"), in_milliseconds(minutes(30))),
        with_default(duration("code.lifetime", "how long an authorization code can be redeemed"),
                     in_milliseconds(minutes(1))),
        with_default(duration("access-token.lifetime", "expires_in of access tokens"), in_milliseconds(hours(1))),
        with_default(choice("access-token.format", "what an access token is", names_of(token_formats())), "opaque"),
        with_default(choice("access-token.algorithm", "how a JWT access token is signed", signing_algorithms()),
                     "RS256"),
        with_default(
            choice("refresh.rotation",
                   "keep: the same refresh token for ever; overlap: a new one, and the old one goes on working; "
                   "rotate: a new one, the old one dies",
                   {"keep", "overlap", "rotate"}),
            "rotate"),
        with_default(duration("refresh.idle-lifetime", "how long a refresh token lives without being used"),
                     in_milliseconds(days(30))),
        with_default(
            choice("token-endpoint.content-type", "strict refuses all but form-encoded bodies", {"strict", "lenient"}),
            "strict"),
        with_default(some_of("client-authentication.methods", "how a client may say who it is",
                             names_of(authentication_methods())),
                     Json::array({"basic", "body"})),
        with_default(choice("client-authentication.registered",
                            "the one method that the client under test is registered for; any: each that is allowed",
                            registered_methods()),
                     "any"),
        with_default(choice("client-assertion.audience", "what aud of a client's assertion about itself may be",
                            {"issuer", "token-endpoint", "issuer-or-token-endpoint"}),
                     "issuer-or-token-endpoint"),
        with_default(
            some_of("client-assertion.algorithms", "how such an assertion may be signed", client_key_algorithms()),
            Json::array({"RS256", "PS256", "ES256"})),
        with_default(duration("client-assertion.longest-life", "how far its exp may lie ahead"),
                     in_milliseconds(minutes(10))),
        with_default(duration("client-assertion.clock-skew", "how far the clocks of client and server may differ"),
                     in_milliseconds(seconds(10))),
        with_default(choice("id-token.algorithm", "how ID Tokens are signed", signing_algorithms()), "RS256"),
        with_default(duration("id-token.lifetime", "from iat to exp of an ID Token"), in_milliseconds(minutes(5))),
        with_default(some_of("id-token.claims", "what ID Tokens say beside iss, sub, aud, iat, exp and nonce",
                             {"auth_time", "acr", "amr", "azp", "at_hash", "sid", "jti", "nbf"}),
                     Json::array()),
        with_default(text("id-token.acr", "acr of ID Tokens when the client asked for none; empty: none"), ""),
        with_default(
            choice("userinfo.algorithm", "how userinfo is signed; empty: it is plain JSON", userinfo_algorithms()), ""),
        with_default(choice("metadata.format", "signed: metadata have a signed copy beside the plain values",
                            {"plain", "signed"}),
                     "plain"),
        with_default(choice("authorization.request-objects",
                            "by-value: the parameters of a signed request object count (OpenID Connect Core 6.1)",
                            {"ignored", "by-value"}),
                     "ignored"),
        with_default(choice("authorization.response-mode",
                            "how the client is told to ask for the answer; the server takes what its metadata list",
                            response_modes()),
                     "query"),
        with_default(yes_or_no("refresh.id-token", "a refresh brings an ID Token, too"), false),
        with_default(
            some_of("authorization.challenge-methods", "which code_challenge_method may be used", {"S256", "plain"}),
            Json::array({"S256", "plain"})),
        with_default(
            some_of("authorization.demands", "what an authorization request must have beside", {"state", "nonce"}),
            Json::array()),
        with_default(choice("refresh.refused-with", "the error code when a refresh token no longer works",
                            {"invalid_grant", "invalid_request"}),
                     "invalid_grant"),
        with_default(
            yes_or_no("refresh.needs-offline-access", "a refresh token comes only with the scope offline_access"),
            false),
        with_default(yes_or_no("consent.asked", "the user is asked for consent after signing in"), true),
        with_default(text("issuer", "who the authorization server says it is; may hold ${origin.PARTY}"),
                     "${origin.idp}"),
        with_default(choice("access-token.signature", "whether the signature of a JWT access token is right",
                            {"good", "broken"}),
                     "good"),
        with_default(duration("grant-assertion.longest-life", "how far exp of a grant assertion may lie after iat"),
                     in_milliseconds(minutes(2))),
        with_default(duration("grant-assertion.clock-skew", "how far the clocks of client and server may differ"),
                     in_milliseconds(seconds(10))),
        with_default(choice("authorization.iss", "whether answers to the browser name their issuer (RFC 9207)",
                            {"absent", "sent"}),
                     "absent"),
        with_default(choice("authorization.pushed", "whether authorization requests are sent ahead (RFC 9126)",
                            {"off", "optional", "required"}),
                     "off"),
        with_default(duration("authorization.pushed-lifetime", "how long a pushed request can be used"),
                     in_milliseconds(minutes(1))),
        with_default(
            choice("resource-indicators", "what becomes of the parameter resource (RFC 8707)", {"ignored", "known"}),
            "ignored"),
        with_default(choice("client-secret.form",
                            "what a client's secret is made of; awkward: also of characters that must be encoded",
                            {"plain", "awkward"}),
                     "plain"),
        with_default(choice("mutual-tls",
                            "who asks for the client's certificate (RFC 8705): off: nobody; aliases: every party but "
                            "idp, and the metadata name aliases; everywhere: idp, too",
                            {"off", "aliases", "everywhere"}),
                     "off"),
        with_default(choice("client-certificate.demand", "required: without a certificate there is no connection",
                            {"optional", "required"}),
                     "optional"),
        with_default(choice("client-certificate.registered-by",
                            "what of its certificate a client is registered by (RFC 8705 2.1.2)",
                            {"subject_dn", "san_dns", "san_uri", "san_ip", "san_email"}),
                     "subject_dn"),
        with_default(duration("client-certificate.lifetime", "how long the client's certificate lives"),
                     in_milliseconds(days(365))),
        with_default(yes_or_no("access-token.certificate-bound",
                               "access tokens work only with the client's certificate (RFC 8705 3)"),
                     false),
        with_default(choice("dpop", "proofs of possession (RFC 9449)", {"off", "optional", "required"}), "off"),
        with_default(choice("dpop.nonce", "whether proofs must have a nonce of the server", {"none", "wanted"}),
                     "none"),
        with_default(choice("registration-by-clients", "who may register a client by itself (RFC 7591)",
                            {"off", "open", "initial-token", "allow-list"}),
                     "off"),
        with_default(choice("grant-assertion.audience", "what aud of a grant assertion may be",
                            {"issuer", "issuer-or-token-endpoint"}),
                     "issuer"),
    };
    return table;
}

}  // namespace keur::mocks
