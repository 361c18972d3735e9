#include "clients/reference/flaw.h"

#include "protocol/base/names.h"

#include <algorithm>
#include <array>

namespace keur::reference {

namespace {

constexpr std::array table{
    // Sign-in
    FlawRow{Flaw::password_grant, "password-grant", "It tries the password grant before it redeems a code."},
    FlawRow{Flaw::implicit_grant, "implicit-grant", "It asks for the token through the browser."},
    FlawRow{Flaw::no_state, "no-state", "It sends no state and asks for none back."},
    FlawRow{Flaw::constant_state, "constant-state", "Its state is the same in every sign-in."},
    FlawRow{Flaw::guessable_state, "guessable-state", "Its state is four digits."},
    FlawRow{Flaw::state_unchecked, "state-unchecked", "It never compares the state that comes back."},
    FlawRow{Flaw::state_in_any_case, "state-in-any-case", "It compares the state without regard to case."},
    FlawRow{Flaw::state_of_any_sign_in, "state-of-any-sign-in", "It takes the state of any sign-in it ever started."},
    FlawRow{Flaw::state_used_twice, "state-used-twice", "It does not forget a state that was used."},
    FlawRow{Flaw::callback_unasked, "callback-unasked", "It redeems a code although no sign-in is under way."},
    FlawRow{Flaw::any_callback_address, "any-callback-address", "It takes a callback on whatever address it comes."},
    FlawRow{Flaw::callback_destination_followed, "callback-destination-followed",
            "It goes wherever a parameter of the callback points."},
    FlawRow{Flaw::error_ignored, "error-ignored",
            "It goes on to the token endpoint when the callback brings an error or no code."},
    FlawRow{Flaw::unknown_parameters_refused, "unknown-parameters-refused",
            "It refuses a callback that has a parameter it does not know."},
    FlawRow{Flaw::redirect_uri_tidied, "redirect-uri-tidied", "It tidies up the redirect URI before it sends it."},
    FlawRow{Flaw::redirect_uri_differs, "redirect-uri-differs",
            "Its token request names another redirect URI than its authorization request."},
    FlawRow{Flaw::redirect_uri_insecure, "redirect-uri-insecure",
            "It turns its redirect URI into a plain HTTP address."},
    FlawRow{Flaw::scope_too_wide, "scope-too-wide", "It asks for more scopes than it was told to."},
    FlawRow{Flaw::scope_with_bsn, "scope-with-bsn", "It asks for the scope of the citizen number."},
    FlawRow{Flaw::secret_in_browser, "secret-in-browser", "It puts its secret into the authorization request."},
    FlawRow{Flaw::shared_client_id, "shared-client-id", "It uses a client id that its maker shares with everyone."},
    FlawRow{Flaw::half_configured, "half-configured", "It starts although settings are missing."},
    FlawRow{Flaw::code_redeemed_late, "code-redeemed-late", "It keeps the code until the first call needs a token."},
    // PKCE
    FlawRow{Flaw::no_pkce, "no-pkce", "It does not use PKCE."},
    FlawRow{Flaw::public_without_pkce, "public-without-pkce", "It neither authenticates nor uses PKCE."},
    FlawRow{Flaw::pkce_plain, "pkce-plain", "It uses the plain challenge method."},
    FlawRow{Flaw::pkce_method_unstated, "pkce-method-unstated", "It does not state its challenge method."},
    FlawRow{Flaw::pkce_falls_back, "pkce-falls-back", "After an error it tries the plain challenge method."},
    FlawRow{Flaw::pkce_constant, "pkce-constant", "Its verifier is the same in every sign-in."},
    FlawRow{Flaw::pkce_short, "pkce-short", "Its verifier has twenty characters."},
    FlawRow{Flaw::pkce_mismatch, "pkce-mismatch", "Its verifier does not belong to its challenge."},
    FlawRow{Flaw::verifier_in_state, "verifier-in-state", "It carries the verifier in the state."},
    // Token endpoint
    FlawRow{Flaw::token_request_get, "token-request-get", "It asks for tokens with GET."},
    FlawRow{Flaw::token_request_plain_text, "token-request-plain-text", "It sends token requests as text/plain."},
    FlawRow{Flaw::secret_in_url, "secret-in-url", "It puts its id and secret into the URL of the token endpoint."},
    FlawRow{Flaw::authenticates_twice, "authenticates-twice",
            "It authenticates in the header and in the body at once."},
    FlawRow{Flaw::refresh_unauthenticated, "refresh-unauthenticated", "It does not authenticate when it refreshes."},
    FlawRow{Flaw::token_redirect_followed, "token-redirect-followed", "It follows redirects of the token endpoint."},
    FlawRow{Flaw::token_type_ignored, "token-type-ignored", "It takes a token of any type."},
    FlawRow{Flaw::token_type_case_matters, "token-type-case-matters", "It knows the token type only as `bearer`."},
    FlawRow{Flaw::token_answer_unread, "token-answer-unread", "It takes any answer of the token endpoint for success."},
    FlawRow{Flaw::unknown_members_refused, "unknown-members-refused",
            "It refuses a token answer with members that Loket's sample does not have."},
    FlawRow{Flaw::expires_in_demanded, "expires-in-demanded", "It refuses a token answer without expires_in."},
    FlawRow{Flaw::repeats_lost_request, "repeats-lost-request", "It repeats a token request whose answer was lost."},
    FlawRow{Flaw::repeats_refused_request, "repeats-refused-request",
            "It repeats a token request that was refused, whatever the reason."},
    FlawRow{Flaw::repeats_invalid_client, "repeats-invalid-client",
            "It repeats token requests when the client is not known."},
    // Life of a token
    FlawRow{Flaw::expires_in_ignored, "expires-in-ignored", "It uses a token until the API refuses it."},
    FlawRow{Flaw::signs_in_anew, "signs-in-anew",
            "It knocks at the authorization endpoint first when the token has expired."},
    FlawRow{Flaw::old_refresh_token, "old-refresh-token",
            "It goes on with its first refresh token when it is given another."},
    FlawRow{Flaw::refresh_token_forgotten, "refresh-token-forgotten",
            "It forgets its refresh token when the answer brings none."},
    FlawRow{Flaw::refreshes_side_by_side, "refreshes-side-by-side", "Each call refreshes for itself."},
    FlawRow{Flaw::invalid_grant_ignored, "invalid-grant-ignored",
            "It keeps and tries a refresh token that was refused."},
    FlawRow{Flaw::scope_on_refresh, "scope-on-refresh", "It asks for the whole scope again when it refreshes."},
    FlawRow{Flaw::refresh_token_at_api, "refresh-token-at-api", "It shows its refresh token to the API."},
    // API
    FlawRow{Flaw::repeats_after_401, "repeats-after-401", "It repeats a call with the token that was refused."},
    FlawRow{Flaw::refreshes_without_end, "refreshes-without-end",
            "It refreshes and repeats as long as the API answers 401."},
    FlawRow{Flaw::keeps_refused_token, "keeps-refused-token", "It uses a token again that the API refused before."},
    FlawRow{Flaw::repeats_after_403, "repeats-after-403", "It repeats a call that is forbidden."},
    FlawRow{Flaw::refreshes_after_403, "refreshes-after-403", "It refreshes when a call is forbidden, and repeats it."},
    FlawRow{Flaw::token_in_url, "token-in-url", "It sends the access token in the URL."},
    FlawRow{Flaw::no_version, "no-version", "It does not say which version of the API it wants."},
    FlawRow{Flaw::obsolete_date_ignored, "obsolete-date-ignored",
            "It says nothing when the version in use is obsolete."},
    FlawRow{Flaw::first_page_only, "first-page-only", "It takes the first page for the whole list."},
    FlawRow{Flaw::cached_for_ever, "cached-for-ever", "It uses an answer again without regard to Expires."},
    FlawRow{Flaw::errors_read_as_json, "errors-read-as-json",
            "It reads every error as JSON and tells the parser's complaint."},
    FlawRow{Flaw::unreleased_operation, "unreleased-operation", "It calls an operation that nobody released for it."},
    FlawRow{Flaw::retry_after_ignored, "retry-after-ignored", "It repeats a call at once when the API asks for rest."},
    FlawRow{Flaw::api_redirect_followed, "api-redirect-followed", "It follows redirects of the API with its token."},
    FlawRow{Flaw::redirects_without_end, "redirects-without-end", "It follows any number of redirects within the API."},
    FlawRow{Flaw::no_limits, "no-limits", "It reads answers of any size for any time."},
    // Transport
    FlawRow{Flaw::any_certificate, "any-certificate", "It takes any certificate."},
    FlawRow{Flaw::any_host, "any-host", "It does not compare the host name with the certificate."},
    FlawRow{Flaw::any_time, "any-time", "It does not look at the validity of a certificate."},
    FlawRow{Flaw::api_unverified, "api-unverified", "It verifies the authorization server but not the API."},
    FlawRow{Flaw::retries_unverified, "retries-unverified",
            "It tries again without verification when a certificate is refused."},
    FlawRow{Flaw::plain_http, "plain-http", "It takes plain HTTP addresses."},
    FlawRow{Flaw::old_tls, "old-tls", "It offers TLS 1.0 and 1.1."},
    FlawRow{Flaw::tls_1_3_only, "tls-1-3-only", "It offers TLS 1.3 only."},
    // Output
    FlawRow{Flaw::tokens_in_log, "tokens-in-log", "It writes the tokens it gets to its log."},
    FlawRow{Flaw::secret_in_log, "secret-in-log", "It writes its settings, secret and all, to its log."},
};

}  // namespace

std::span<FlawRow const> flaw_table()
{
    return table;
}

Result<Flaw> parse_flaw(std::string_view name)
{
    auto const row = std::ranges::find(table, name, &FlawRow::name);
    if (row != table.end()) return row->flaw;
    std::vector<std::string> known;
    for (auto const& each : table) known.emplace_back(each.name);
    return std::unexpected(unknown_name("--flaw", "flaw", name, known));
}

}  // namespace keur::reference
