#include "clients/reference/sign_in.h"

#include "clients/reference/randomness.h"
#include "protocol/base/encoding.h"
#include "protocol/http/form.h"
#include "protocol/http/url.h"
#include "protocol/jose/hash.h"
#include "protocol/oauth/authorization_response.h"
#include "protocol/oauth/pkce.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::reference {

namespace {

std::unexpected<Error> refused(std::string what)
{
    return fail("sign-in", std::move(what), "start the sign-in again");
}

std::string in_lower_case(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string tidied(std::string const& address)
{
    auto const url = http::parse_url(address);
    if (!url) return address;
    auto path = in_lower_case(url->path);
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return fmt::format("{}://{}{}{}{}", url->scheme, url->host_field(), path, url->query.empty() ? "" : "?",
                       url->query);
}

// Puts the address into the link as it is.
void unencode(std::string& link, std::string const& address)
{
    auto const encoded = http::percent_encode(address);
    if (auto const at = link.find(encoded); at != std::string::npos) link.replace(at, encoded.size(), address);
}

// The APIs that the tokens of this sign-in are for, each once (RFC 8707).
std::set<std::string> wanted_resources(Settings const& settings)
{
    std::set<std::string> wanted;
    for (auto const& [operation, resource] : settings.resources) wanted.insert(resource);
    return wanted;
}

// The single claims that the settings name (OpenID Connect Core §5.5); empty for none.
std::string wanted_claims(Settings const& settings, Flaws const& flaws)
{
    auto const found = settings.all.find("claims");
    if (found == settings.all.end() || !found->is_object()) return {};
    auto claims = *found;
    if (flaws.has(Flaw::claims_too_many)) claims["userinfo"]["birthdate"] = nullptr;
    return to_line(claims);
}

std::string query_of(std::string const& url)
{
    auto const address = url.substr(0, url.find('#'));
    auto const mark = address.find('?');
    return mark == std::string::npos ? "" : address.substr(mark + 1);
}

// The callback as a client reads it that does not care for mistakes.
oauth::AuthorizationResponse read_without_care(http::Form const& parameters)
{
    oauth::AuthorizationResponse response;
    response.code = parameters.get("code");
    response.state = parameters.get("state");
    return response;
}

}  // namespace

std::string SignIn::new_state(std::string const& verifier) const
{
    if (flaws_.has(Flaw::constant_state)) return "bG9rZXQtY29ubmVjdG9yLXN0YXRl";
    if (flaws_.has(Flaw::guessable_state)) {
        auto const bytes = jose::sha256(random_text(16));
        return fmt::format("{:04}", static_cast<unsigned char>(bytes[0]) * 39);
    }
    if (flaws_.has(Flaw::state_with_address)) return "https://app.keur.example/zaken?from=" + random_text(24);
    if (flaws_.has(Flaw::verifier_in_state)) return random_text(16) + "." + verifier;
    return random_text(32);
}

std::string SignIn::new_verifier() const
{
    if (flaws_.has(Flaw::no_pkce) || flaws_.has(Flaw::public_without_pkce)) return {};
    if (flaws_.has(Flaw::pkce_constant)) return "a-verifier-that-somebody-wrote-into-the-source-code";
    if (flaws_.has(Flaw::pkce_short)) return random_text(15);
    return random_text(32);
}

void SignIn::add_challenge(http::Form& form, std::string const& verifier) const
{
    if (verifier.empty()) return;
    bool const is_plain = flaws_.has(Flaw::pkce_plain) || (flaws_.has(Flaw::pkce_falls_back) && was_refused_);
    auto const method = is_plain ? oauth::ChallengeMethod::plain : oauth::ChallengeMethod::s256;
    form.add("code_challenge", oauth::challenge_of(verifier, method));
    if (!flaws_.has(Flaw::pkce_method_unstated)) form.add("code_challenge_method", std::string(oauth::name(method)));
}

std::string SignIn::sent_redirect_uri() const
{
    auto const& configured = settings_.redirect_uri;
    if (flaws_.has(Flaw::redirect_uri_tidied)) return tidied(configured);
    if (flaws_.has(Flaw::redirect_uri_local)) return "https://localhost:8443/callback";
    if (flaws_.has(Flaw::redirect_uri_with_fragment)) return configured + "#signed-in";
    if (flaws_.has(Flaw::redirect_uri_insecure) && configured.starts_with("https:"))
        return "http" + configured.substr(5);
    return configured;
}

// OpenID Connect ties the ID Token to this sign-in by it.
std::string SignIn::new_nonce() const
{
    if (!settings_.uses_openid() || flaws_.has(Flaw::no_nonce)) return {};
    return flaws_.has(Flaw::constant_nonce) ? "bWlqbi1zdGFkLW5vbmNlLTE" : random_text(24);
}

std::string SignIn::wanted_scope() const
{
    auto scope = settings_.scope;
    auto const leave_out = [&](std::string const& word) {
        if (auto const at = scope.find(word); at != std::string::npos) scope.erase(at, word.size());
    };
    if (flaws_.has(Flaw::scope_too_wide)) scope += " admin";
    if (flaws_.has(Flaw::scope_with_bsn)) scope += " bsn";
    if (flaws_.has(Flaw::scope_profile)) scope += " profile";
    if (flaws_.has(Flaw::scope_without_rrn)) leave_out(" rrn");
    if (flaws_.has(Flaw::scope_without_openid)) leave_out("openid ");
    if (flaws_.has(Flaw::scope_without_offline_access)) leave_out(" offline_access");
    return scope;
}

std::string SignIn::begin()
{
    auto const verifier = new_verifier();
    auto const state = new_state(verifier);
    auto const nonce = new_nonce();
    http::Form form{{"response_type", flaws_.has(Flaw::implicit_grant) ? "token" : "code"},
                    {"client_id", settings_.client_id},
                    {"redirect_uri", sent_redirect_uri()},
                    {"scope", wanted_scope()}};
    if (!flaws_.has(Flaw::no_state)) form.add("state", state);
    if (!nonce.empty()) form.add("nonce", nonce);
    if (auto const level = text_member(settings_.all, "acr_values"); !level.empty()) form.add("acr_values", level);
    if (wants_form()) form.add("response_mode", "form_post");
    if (flaws_.has(Flaw::vtr_beside_acr)) form.add("vtr", "P1.Cc");
    if (auto const claims = wanted_claims(settings_, flaws_); !claims.empty()) form.add("claims", claims);
    for (auto const& resource : wanted_resources(settings_)) form.add("resource", resource);
    add_challenge(form, verifier);
    if (flaws_.has(Flaw::secret_in_browser)) form.add("client_secret", settings_.client_secret);
    pending_ = Pending{state, flaws_.has(Flaw::pkce_mismatch) ? random_text(32) : verifier, nonce};
    states_.insert(state);
    if (flaws_.has(Flaw::scope_sent_twice)) form.add("scope", wanted_scope());
    auto endpoint = settings_.authorization_endpoint;
    if (flaws_.has(Flaw::endpoint_query_dropped)) endpoint = endpoint.substr(0, endpoint.find('?'));
    auto link = http::with_parameters(endpoint, form);
    if (flaws_.has(Flaw::redirect_uri_unencoded)) unencode(link, sent_redirect_uri());
    return link;
}

Result<void> SignIn::check_address(std::string_view callback) const
{
    auto const expected = http::parse_url(settings_.redirect_uri);
    auto const given = http::parse_url(callback);
    bool const is_same = expected && given && expected->origin() == given->origin() && expected->path == given->path;
    if (is_same || flaws_.has(Flaw::any_callback_address)) return {};
    return refused("the browser returned to another address than the redirect URL");
}

// The answer of another server is not taken for that of ours (RFC 9207 §2.4). A provider of OpenID Connect, whose ID
// Token names it as well, may leave iss out, or name it without an announcement.
Result<void> SignIn::check_issuer(oauth::AuthorizationResponse const& response) const
{
    if (settings_.issuer.empty() || flaws_.has(Flaw::issuer_unchecked)) return {};
    if (response.error && flaws_.has(Flaw::issuer_of_errors_unchecked)) return {};
    if (!response.iss && !settings_.names_issuer) return {};
    if (!response.iss && flaws_.has(Flaw::issuer_may_be_missing)) return {};
    if (!response.iss) return refused("the browser's return does not name its issuer (iss), which this server does");
    bool const is_expected = settings_.names_issuer || settings_.uses_openid();
    if (!is_expected && !flaws_.has(Flaw::issuer_unannounced_taken))
        return refused("the browser's return names an issuer (iss), which this server does not announce");
    bool const is_loose = flaws_.has(Flaw::issuer_compared_loosely);
    bool const is_same =
        is_loose ? tidied(*response.iss + "/") == tidied(settings_.issuer + "/") : *response.iss == settings_.issuer;
    if (is_same) return {};
    return refused("the browser's return comes from another issuer (iss)");
}

bool SignIn::is_right_state(std::string const& given, std::string const& expected) const
{
    if (flaws_.has(Flaw::state_unchecked) || flaws_.has(Flaw::no_state)) return true;
    if (flaws_.has(Flaw::state_of_any_sign_in)) return states_.contains(given);
    if (flaws_.has(Flaw::state_in_any_case)) return in_lower_case(given) == in_lower_case(expected);
    return jose::is_same_secret(given, expected);
}

bool SignIn::wants_form() const
{
    return text_member(settings_.all, "response_mode") == "form_post";
}

// The answer comes in the way that was asked for, and in no other.
Result<http::Form> SignIn::parameters_of(oauth::Callback const& callback) const
{
    bool const is_posted = callback.form && !flaws_.has(Flaw::posted_answer_unread);
    if (wants_form() && !is_posted && !flaws_.has(Flaw::answer_by_query_taken))
        return refused("the browser's return came in an address, not in the form that was asked for");
    if (!wants_form() && is_posted) return refused("the browser's return came in a form that was not asked for");
    auto parameters = http::parse_form(is_posted ? *callback.form : query_of(callback.url));
    if (!parameters) return refused("the browser's return cannot be read: " + parameters.error().what);
    return parameters;
}

Result<Redemption> SignIn::finish(oauth::Callback const& callback)
{
    auto pending = pending_;
    if (!flaws_.has(Flaw::state_used_twice)) pending_.reset();
    if (!pending && flaws_.has(Flaw::callback_unasked)) pending = Pending{};
    if (!pending) return refused("no sign-in is under way");
    if (auto const right = check_address(callback.url); !right) return fail(right);
    auto const parameters = parameters_of(callback);
    if (!parameters) return fail(parameters);
    auto response = oauth::parse_authorization_response(*parameters);
    bool const is_careless = flaws_.has(Flaw::error_ignored);
    if (!response && !is_careless) return refused("the browser's return cannot be used: " + response.error().what);
    if (!response || (is_careless && response->error)) response = read_without_care(*parameters);
    bool const knows_no_state = flaws_.has(Flaw::callback_unasked) && pending->state.empty();
    if (!knows_no_state && !is_right_state(response->state.value_or(""), pending->state))
        return refused("the browser's return does not belong to this sign-in (state)");
    if (auto const right = check_issuer(*response); !right) return fail(right);
    if (response->error) {
        was_refused_ = true;
        auto const described = response->error_description ? ", " + *response->error_description : "";
        auto const said = *response->error + described;
        if (flaws_.has(Flaw::errors_shown_as_they_are)) return refused("no access: " + said);
        return refused("Loket did not give access: " + printable(shortened(said, 200)));
    }
    if (flaws_.has(Flaw::unknown_parameters_refused) && !response->others.pairs().empty())
        return refused(fmt::format("the return has an unknown parameter '{}'", response->others.pairs()[0].first));
    return Redemption{response->code.value_or(""), pending->verifier, pending->nonce};
}

}  // namespace keur::reference
