#include "mocks/engine/carried_token.h"
#include "mocks/engine/client_key.h"
#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/fault_text.h"
#include "mocks/engine/member.h"
#include "mocks/engine/signing.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <algorithm>

namespace keur::mocks {

namespace {

using Forged = Result<std::string>;

// A header around the old payload, and a signature over both by that signer; without one none at all.
Forged with_header(jose::Jws const& token, Json const& header, jose::Signer const* signer)
{
    auto const input = base64url(to_line(header)) + '.' + base64url(token.payload);
    if (signer == nullptr) return input + '.';
    auto const signature = signer->signature(input);
    if (!signature) return fail(signature);
    return input + '.' + base64url(*signature);
}

Result<jose::Jwk> key_of_attacker()
{
    auto key = key_of_process("attacker", x509::KeyRecipe::rsa_2048);
    if (!key) return fail(key);
    return jose::jwk_of(std::move(*key));
}

// Signed with a key that this server never had; `change` completes the header.
Forged by_attacker(jose::Jws const& token, void (*change)(Json&, jose::Jwk const&, FaultedReply const&),
                   FaultedReply const& faulted)
{
    auto const key = key_of_attacker();
    if (!key) return fail(key);
    auto const signer = jose::Signer::create(jose::Algorithm::rs256, *key);
    if (!signer) return fail(signer);
    auto header = token.header;
    header["alg"] = "RS256";
    if (change != nullptr) change(header, *key, faulted);
    return with_header(token, header, &*signer);
}

Forged unsigned_as(jose::Jws const& token, std::string const& alg)
{
    return with_header(token, {{"alg", alg}, {"typ", text_member(token.header, "typ")}}, nullptr);
}

// With the public key for a shared secret, which everybody has.
Forged by_public_key(jose::Jws const& token, FaultedReply const&)
{
    auto const key = public_key_named(token.alg(), token.kid());
    if (!key) return fail(key);
    auto const signer = jose::Signer::create(
        jose::Algorithm::hs256,
        jose::Jwk{
            .material = jose::SharedSecret{key->key()->public_pem()}, .kid = {}, .use = {}, .alg = {}, .key_ops = {}});
    if (!signer) return fail(signer);
    auto header = token.header;
    header["alg"] = "HS256";
    return with_header(token, header, &*signer);
}

// By the server itself, with the same payload under another header.
Forged signed_anew(jose::Jws const& token, Json const& header)
{
    auto const signer = id_token_signer_named(token.alg(), token.kid());
    if (!signer) return fail(signer);
    return with_header(token, header, &*signer);
}

Forged by_other_algorithm(jose::Jws const& token, FaultedReply const&)
{
    auto const other = token.alg() == "ES256" ? "RS256" : "ES256";
    auto const signer = id_token_signer_for(other);
    auto const key = public_key_for(other);
    if (!signer || !key) return signer ? Forged(fail(key)) : Forged(fail(signer));
    auto header = token.header;
    header["alg"] = other;
    header["kid"] = key->kid;
    return with_header(token, header, &*signer);
}

Forged broken(jose::Jws token, FaultedReply const&)
{
    token.signature.front() = static_cast<char>(token.signature.front() ^ 1);
    return to_text(token);
}

Forged cut(jose::Jws token, FaultedReply const&)
{
    token.signature.clear();
    return to_text(token);
}

Forged with_other_payload(jose::Jws token, FaultedReply const&)
{
    auto claims = parse_json(token.payload, "ID Token");
    if (!claims) return fail(claims);
    (*claims)["name"] = "Somebody Else";
    token.payload = to_line(*claims);
    return to_text(token);
}

Forged without_kid(jose::Jws const& token, FaultedReply const&)
{
    auto header = token.header;
    header.erase("kid");
    return signed_anew(token, header);
}

Forged with_critical(jose::Jws const& token, FaultedReply const&)
{
    auto header = token.header;
    header["crit"] = {"keur-extension"};
    header["keur-extension"] = true;
    return signed_anew(token, header);
}

Forged of_kind(jose::Jws const& token, std::string_view kind)
{
    auto header = token.header;
    header["typ"] = kind;
    return signed_anew(token, header);
}

Forged without_kind(jose::Jws const& token, FaultedReply const&)
{
    auto header = token.header;
    header.erase("typ");
    return signed_anew(token, header);
}

struct Row {
    std::string_view name;
    Forged (*forge)(jose::Jws, FaultedReply const&);
};

std::vector<Row> const& rows()
{
    static std::vector<Row> const table{
        {"none", [](jose::Jws token, FaultedReply const&) { return unsigned_as(token, "none"); }},
        {"none-in-mixed-case", [](jose::Jws token, FaultedReply const&) { return unsigned_as(token, "nOnE"); }},
        {"the-public-key-as-hmac", [](jose::Jws token, FaultedReply const& it) { return by_public_key(token, it); }},
        {"broken", broken},
        {"missing", cut},
        {"of-another-payload", with_other_payload},
        {"a-foreign-key", [](jose::Jws token, FaultedReply const& it) { return by_attacker(token, nullptr, it); }},
        {"an-unknown-key",
         [](jose::Jws token, FaultedReply const& it) {
             return by_attacker(
                 token, [](Json& header, jose::Jwk const& key, FaultedReply const&) { header["kid"] = key.kid; }, it);
         }},
        {"a-key-inside-the-token",
         [](jose::Jws token, FaultedReply const& it) {
             return by_attacker(
                 token,
                 [](Json& header, jose::Jwk const& key, FaultedReply const&) {
                     header["kid"] = key.kid;
                     header["jwk"] = jose::to_json(key);
                 },
                 it);
         }},
        {"a-foreign-jku",
         [](jose::Jws token, FaultedReply const& it) {
             return by_attacker(
                 token,
                 [](Json& header, jose::Jwk const& key, FaultedReply const& faulted) {
                     header["kid"] = key.kid;
                     header["jku"] = filled_in("${origin.attacker}/jwks", origins_in(faulted));
                 },
                 it);
         }},
        {"another-algorithm", [](jose::Jws token, FaultedReply const& it) { return by_other_algorithm(token, it); }},
        {"good-without-kid", [](jose::Jws token, FaultedReply const& it) { return without_kid(token, it); }},
        {"good-with-unknown-crit", [](jose::Jws token, FaultedReply const& it) { return with_critical(token, it); }},
        {"good-without-typ", [](jose::Jws token, FaultedReply const& it) { return without_kind(token, it); }},
        {"good-as-jwt", [](jose::Jws token, FaultedReply const&) { return of_kind(token, "JWT"); }},
        {"good-as-logout-token", [](jose::Jws token, FaultedReply const&) { return of_kind(token, "logout+jwt"); }},
        {"good-as-access-token", [](jose::Jws token, FaultedReply const&) { return of_kind(token, "at+jwt"); }},
    };
    return table;
}

std::vector<std::string> row_names()
{
    std::vector<std::string> names;
    for (auto const& row : rows()) names.emplace_back(row.name);
    return names;
}

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "id-token-signature", {"is"}); !known) return known;
    auto const is = text_of(argument, "is");
    if (!is) return fail(is);
    if (std::ranges::find(rows(), *is, &Row::name) != rows().end()) return {};
    return std::unexpected(unknown_name(argument.find("is")->at(), "signature of an ID Token", *is, row_names()));
}

// Making an RSA key takes longer than some clients wait for an answer.
Result<void> prepare()
{
    auto const key = key_of_attacker();
    if (!key) return fail(key);
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto& response = faulted.reply.response;
    auto const token = jose::parse_jws(token_carried_by(response));
    auto const is = text_or(argument, "is", "");
    if (!token || !is) return false;
    auto const row = std::ranges::find(rows(), *is, &Row::name);
    auto forged = row == rows().end() ? Forged(fail("fault", "unknown")) : row->forge(*token, faulted);
    if (!forged) return false;
    faulted.enter("id-token", *forged);
    carry(response, *forged);
    return true;
}

}  // namespace

// The claims are right: only a client that looks at the signature, or at how it was made, can tell. `good-…` are verified
// by the server's own key and odd in another way.
Fault id_token_signature()
{
    return {.name = "id-token-signature",
            .title =
                "the ID Token is signed otherwise: {is: none, broken, a-foreign-key, the-public-key-as-hmac, "
                "another-algorithm …}; at userinfo, metadata or back-channel-logout what is signed there",
            .source = "OpenID Connect Core 1.0 §3.1.3.7, RFC 8725 §2",
            .check = check,
            .on_reply = apply,
            .prepare = prepare};
}

}  // namespace keur::mocks
