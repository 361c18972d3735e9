#pragma once

#include "protocol/base/result.h"

#include <bitset>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keur::reference {

// One way in which this client can be made wrong, to prove that a rule notices. Each is consulted where the right
// decision is taken; clients/mutants/ says which rules it breaks.
enum class Flaw {
    // Sign-in
    password_grant,
    implicit_grant,
    no_state,
    constant_state,
    guessable_state,
    state_unchecked,
    state_in_any_case,
    state_of_any_sign_in,
    state_used_twice,
    callback_unasked,
    any_callback_address,
    callback_destination_followed,
    error_ignored,
    unknown_parameters_refused,
    redirect_uri_tidied,
    redirect_uri_differs,
    redirect_uri_insecure,
    scope_too_wide,
    scope_with_bsn,
    secret_in_browser,
    shared_client_id,
    half_configured,
    code_redeemed_late,
    // PKCE
    no_pkce,
    public_without_pkce,
    pkce_plain,
    pkce_method_unstated,
    pkce_falls_back,
    pkce_constant,
    pkce_short,
    pkce_mismatch,
    verifier_in_state,
    // Token endpoint
    token_request_get,
    token_request_plain_text,
    secret_in_url,
    authenticates_twice,
    refresh_unauthenticated,
    token_redirect_followed,
    token_type_ignored,
    token_type_case_matters,
    token_answer_unread,
    unknown_members_refused,
    expires_in_demanded,
    repeats_lost_request,
    repeats_refused_request,
    repeats_invalid_client,
    // Life of a token
    expires_in_ignored,
    signs_in_anew,
    old_refresh_token,
    refresh_token_forgotten,
    refreshes_side_by_side,
    invalid_grant_ignored,
    scope_on_refresh,
    refresh_token_at_api,
    // API
    repeats_after_401,
    refreshes_without_end,
    keeps_refused_token,
    repeats_after_403,
    refreshes_after_403,
    token_in_url,
    no_version,
    obsolete_date_ignored,
    first_page_only,
    cached_for_ever,
    errors_read_as_json,
    unreleased_operation,
    retry_after_ignored,
    api_redirect_followed,
    redirects_without_end,
    no_limits,
    // Transport
    any_certificate,
    any_host,
    any_time,
    api_unverified,
    retries_unverified,
    plain_http,
    old_tls,
    tls_1_3_only,
    // Output
    tokens_in_log,
    secret_in_log,
    // OpenID Connect
    no_nonce,
    constant_nonce,
    nonce_unchecked,
    id_token_unread,
    scope_without_rrn,
    scope_without_offline_access,
    state_with_address,
    redirect_uri_unencoded,
    logout_without_client_id,
    // Token exchange and the hand-over to a portal
    exchange_of_client_token,
    exchange_unactored,
    exchange_actor_untyped,
    exchange_subject_as_jwt,
    exchange_for_itself,
    exchange_for_production,
    exchange_for_many,
    exchange_resource_relative,
    issued_type_ignored,
    expects_refresh_from_exchange,
    exchanged_token_kept,
    exchange_without_refresh,
    refresh_refusal_ignored,
    hand_over_from_browser,
    hand_over_unexchanged,
    hand_over_untyped,
    hand_over_in_url,
    hand_over_as_text,
    hand_over_unverified,
    hand_over_redirect_followed,
    repeats_refused_hand_over,
    exchanges_without_end,
    repeats_bad_hand_over,
    repeats_failed_hand_over,
    hand_over_errors_read_as_json,
    hand_over_error_shown,
    link_with_oidc_token,
    link_with_exchanged_token,
    token_in_fragment,
    token_hidden_in_link,
    secret_hidden_in_link,
    link_kept,
    link_made_at_sign_in,
    link_tried_first,
    link_to_production,
    link_to_home,
    link_token_raw,
    link_query_dropped,
    link_with_undefined,
    temporary_token_in_log,
    // Grants by assertion
    grant_as_json,
    scope_beside_assertion,
    secret_beside_assertion,
    other_algorithm,
    other_key,
    no_key_id,
    chain_as_text,
    leaf_only,
    audience_token_endpoint,
    audience_without_slash,
    audience_list,
    metadata_issuer_unchecked,
    issuer_is_name,
    iat_missing,
    iat_early,
    long_life,
    jti_missing,
    jti_constant,
    assertion_kept,
    no_scope,
    every_scope,
    sub_claim,
    nbf_claim,
    resource_as_text,
    consumer_orgno,
    consumer_always,
    details_without_scope,
    details_of_all,
    tokens_by_scope_only,
    token_per_call,
    refresh_grant_tried,
    token_exp_followed,
    jwt_demanded,
    metadata_kept,
    error_words_dropped,
    assertion_in_log,
    private_key_in_log,
    refusals_repeated,
    clock_errors_repeated,
    error_codes_closed,
    answered_scope_used,
    organisation_parsed,
    // Assertions that authenticate the client
    exp_missing,
    assertion_type_short,
    other_client_id,
    secret_on_refresh,
};

struct FlawRow {
    Flaw flaw;
    std::string_view name;
    std::string_view sentence;
};
[[nodiscard]] std::span<FlawRow const> flaw_table();

// The flaws of one run; none in the exemplary client.
class Flaws {
public:
    [[nodiscard]] bool has(Flaw flaw) const { return set_[static_cast<std::size_t>(flaw)]; }
    void add(Flaw flaw) { set_.set(static_cast<std::size_t>(flaw)); }

private:
    std::bitset<512> set_;
};

// Fails on a name that is not in the table.
[[nodiscard]] Result<Flaw> parse_flaw(std::string_view name);

}  // namespace keur::reference
