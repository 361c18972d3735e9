#include "clients/reference/relying_party.h"

#include "clients/reference/assurance.h"
#include "clients/reference/randomness.h"
#include "clients/reference/representation.h"
#include "protocol/base/encoding.h"
#include "protocol/http/form.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/jwt.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::reference {

namespace {

constexpr std::chrono::seconds leeway{10};

std::unexpected<Error> refused(std::string what)
{
    return fail("sign-in", std::move(what), "sign in again; when it stays, ask the operator");
}

// Whether userinfo has what was asked for by `claims`, or what ID-porten's has; for Flaw::userinfo_demanding.
bool has_all_claims(Json const& userinfo, Settings const& settings)
{
    auto const asked = settings.all.value("/claims/userinfo"_json_pointer, Json{{"pid", nullptr}});
    return std::ranges::all_of(asked.items(), [&](auto const& claim) {
        auto const found = userinfo.find(claim.key());
        return found != userinfo.end() && !found->is_null() && *found != "";
    });
}

}  // namespace

Result<jose::Claims> RelyingParty::read(Wire& wire, std::string const& id_token)
{
    auto const token = jose::parse_jws(id_token);
    if (!token) return refused("the ID Token cannot be read");
    auto const wanted = provider_.algorithm();
    bool const takes_any = flaws_.has(Flaw::id_algorithm_of_token) && token->alg() != wanted;
    bool const passes_over_crit = flaws_.has(Flaw::id_crit_ignored) && token->header.contains("crit");
    bool const is_unverified = takes_any || passes_over_crit || flaws_.has(Flaw::id_signature_unchecked);
    if (is_unverified && token->alg() != wanted && !takes_any) return refused("the ID Token is signed in another way");
    if (!is_unverified)
        if (auto const right = provider_.verify(wire, *token); !right) return fail(right);
    auto const kind = text_member(token->header, "typ");
    if (!kind.empty() && !http::same_name(kind, "JWT") && !flaws_.has(Flaw::id_kind_unchecked))
        return refused("what came as ID Token is a JWT of another kind");
    auto claims = jose::parse_claims(token->payload);
    if (!claims) return refused("the claims of the ID Token cannot be read");
    return claims;
}

Result<void> RelyingParty::check_names(jose::Claims const& claims) const
{
    if (claims.iss != settings_.issuer && !flaws_.has(Flaw::id_issuer_unchecked))
        return refused("the ID Token is from another issuer");
    bool const is_ours = std::ranges::find(claims.aud, settings_.client_id) != claims.aud.end();
    if (!is_ours && !flaws_.has(Flaw::id_audience_unchecked)) return refused("the ID Token is for another client");
    if (claims.aud.size() > 1 && !flaws_.has(Flaw::id_audience_unchecked))
        return refused("the ID Token is for other clients, too");
    if ((!claims.sub || claims.sub->empty()) && !flaws_.has(Flaw::id_subject_unchecked))
        return refused("the ID Token does not say who signed in");
    return {};
}

Result<void> RelyingParty::check_times(jose::Claims const& claims) const
{
    if (flaws_.has(Flaw::id_times_unchecked)) return {};
    if (!claims.exp) return refused("the ID Token does not say when it ends");
    if (!claims.iat) return refused("the ID Token does not say when it was made");
    auto const now = SystemClock().now();
    if (*claims.iat > now + leeway) return refused("the ID Token was made in the future");
    if (!jose::check_times(claims, now, leeway)) return refused("the ID Token is not valid now");
    return {};
}

Result<void> RelyingParty::check_sign_in(jose::Claims const& claims, std::string const& nonce,
                                         std::string const& access_token) const
{
    if (!nonce.empty() && text_member(claims.all, "nonce") != nonce && !flaws_.has(Flaw::nonce_unchecked))
        return refused("the ID Token belongs to another sign-in (nonce)");
    auto const wanted = text_member(settings_.all, "acr_values");
    if (!wanted.empty() && !is_at_least(text_member(claims.all, "acr"), wanted) &&
        !flaws_.has(Flaw::id_level_unchecked))
        return refused("the user did not sign in as surely as this service needs (acr)");
    auto const hash = claims.all.find("at_hash");
    if (hash == claims.all.end() || flaws_.has(Flaw::id_hash_unchecked)) return {};
    if (hash->is_string() && *hash == base64url(jose::sha256(access_token).substr(0, 16))) return {};
    return refused("the ID Token belongs to another access token (at_hash)");
}

Result<void> RelyingParty::accept(Wire& wire, oauth::TokenResponse const& tokens, std::string const& nonce)
{
    subject_.clear();
    represented_.clear();
    id_token_ = tokens.id_token.value_or("");
    nonce_ = nonce;
    if (flaws_.has(Flaw::id_token_unread)) return {};
    if (id_token_.empty() && flaws_.has(Flaw::id_token_optional)) return {};
    if (id_token_.empty()) return refused("there is no ID Token in the answer");
    auto const claims = read(wire, id_token_);
    if (!claims && flaws_.has(Flaw::id_token_unreadable_taken) && !jose::parse_jws(id_token_)) return {};
    if (!claims) return fail(claims);
    if (auto const right = check_names(*claims); !right) return right;
    if (auto const right = check_times(*claims); !right) return right;
    if (auto const right = check_sign_in(*claims, nonce, tokens.access_token); !right) return right;
    auto const represented = represented_in(claims->all);
    if (!represented && !flaws_.has(Flaw::represents_ignored)) return fail(represented);
    if (represented && !flaws_.has(Flaw::represents_ignored)) represented_ = *represented;
    subject_ = claims->sub.value_or("");
    sid_ = text_member(claims->all, "sid");
    return {};
}

Result<void> RelyingParty::accept_again(Wire& wire, oauth::TokenResponse const& tokens)
{
    if (!tokens.id_token || flaws_.has(Flaw::refreshed_identity_unchecked)) return {};
    auto const claims = read(wire, *tokens.id_token);
    if (!claims) return fail(claims);
    if (auto const right = check_names(*claims); !right) return right;
    if (auto const right = check_times(*claims); !right) return right;
    if (claims->sub != subject_) return refused("the refreshed tokens are of another user");
    auto const again = text_member(claims->all, "nonce");
    if (!again.empty() && again != nonce_) return refused("the refreshed ID Token belongs to another sign-in (nonce)");
    id_token_ = *tokens.id_token;
    return {};
}

// Userinfo that comes signed, as was agreed, is verified like an ID Token (OpenID Connect Core §5.3.4).
Result<Json> RelyingParty::signed_userinfo(Wire& wire, http::Response const& answer) const
{
    auto const token = jose::parse_jws(answer.body);
    if (answer.status != 200 || http::same_name(answer.media_type(), "application/json") || !token)
        return refused(fmt::format("userinfo is answered {} and is no signed JWT", answer.status));
    if (!flaws_.has(Flaw::userinfo_signature_unchecked))
        if (auto const right = provider_.verify(wire, *token); !right) return fail(right);
    auto const claims = jose::parse_claims(token->payload);
    if (!claims) return refused("the claims of userinfo cannot be read");
    if (auto const right = check_names(*claims); !right) return fail(right);
    return claims->all;
}

Result<Json> RelyingParty::read_userinfo(Wire& wire, http::Response const& answer) const
{
    if (!text_member(settings_.all, "userinfo_signed_response_alg").empty()) return signed_userinfo(wire, answer);
    auto json = parse_json(answer.body, "userinfo");
    if (answer.status != 200 || !json || !json->is_object())
        return refused(fmt::format("userinfo is answered {} and is no JSON object", answer.status));
    return std::move(*json);
}

Result<std::size_t> RelyingParty::userinfo(Wire& wire, std::string const& access_token) const
{
    auto const url = http::parse_url(settings_.userinfo_endpoint);
    if (!url) return fail(url);
    http::Request request{.method = "GET", .target = url->target()};
    request.headers.set("Authorization",
                        "Bearer " + (flaws_.has(Flaw::id_token_at_userinfo) ? id_token_ : access_token));
    request.headers.set("Accept", "application/json, application/jwt");
    auto const answer = wire.send(Party::api, *url, request);
    if (!answer) return fail(answer);
    auto const json = read_userinfo(wire, *answer);
    if (!json) return fail(json);
    if (text_member(*json, "sub") != subject_ && !flaws_.has(Flaw::userinfo_unchecked))
        return refused("userinfo is of another user than the ID Token");
    if (flaws_.has(Flaw::userinfo_demanding) && !has_all_claims(*json, settings_))
        return refused("userinfo does not tell everything that this program would like to know");
    return json->size();
}

bool RelyingParty::is_session(std::string const& subject, std::string const& sid) const
{
    if (subject_.empty()) return false;
    if (flaws_.has(Flaw::logout_by_anybody)) return true;
    return (subject.empty() || subject == subject_) && (sid.empty() || sid == sid_);
}

void RelyingParty::forget()
{
    for (auto* known : {&subject_, &id_token_, &nonce_, &represented_, &sid_}) known->clear();
}

std::string RelyingParty::sign_out()
{
    http::Form form;
    if (!flaws_.has(Flaw::logout_without_hint) && !id_token_.empty()) form.add("id_token_hint", id_token_);
    form.add("client_id", settings_.client_id);
    form.add("post_logout_redirect_uri",
             settings_.post_logout_redirect_uri + (flaws_.has(Flaw::logout_return_unregistered) ? "/signed-out" : ""));
    form.add("state", random_text(16));
    if (!flaws_.has(Flaw::tokens_kept_after_logout)) subject_.clear();
    id_token_.clear();
    return http::with_parameters(settings_.end_session_endpoint, form);
}

}  // namespace keur::reference
