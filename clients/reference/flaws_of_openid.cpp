#include "clients/reference/flaw_rows.h"

#include <array>

namespace keur::reference {

namespace {

constexpr std::array rows{
    // OpenID Connect
    FlawRow{Flaw::no_nonce, "no-nonce", "It sends no nonce."},
    FlawRow{Flaw::constant_nonce, "constant-nonce", "Its nonce is the same in every sign-in."},
    FlawRow{Flaw::nonce_unchecked, "nonce-unchecked", "It never compares the nonce of the ID Token."},
    FlawRow{Flaw::id_token_unread, "id-token-unread", "It does not look at the ID Token at all."},
    FlawRow{Flaw::scope_without_rrn, "scope-without-rrn", "It does not ask for the national register number."},
    FlawRow{Flaw::scope_without_offline_access, "scope-without-offline-access",
            "It does not ask for offline_access, and so cannot refresh."},
    FlawRow{Flaw::state_with_address, "state-with-address", "Its state holds the page to return to."},
    FlawRow{Flaw::redirect_uri_unencoded, "redirect-uri-unencoded", "It puts its redirect URI into the link as it is."},
    FlawRow{Flaw::logout_without_client_id, "logout-without-client-id",
            "It says where to return after signing out, but not who it is."},
    // OpenID Connect as its provider's metadata has it
    FlawRow{Flaw::scope_without_openid, "scope-without-openid", "It does not ask for the scope openid."},
    FlawRow{Flaw::metadata_guessed, "metadata-guessed", "It guesses what the metadata does not tell."},
    FlawRow{Flaw::metadata_unkept, "metadata-unkept", "It reads the metadata before everything it does."},
    FlawRow{Flaw::keys_unkept, "keys-unkept", "It fetches the keys of the provider for each ID Token."},
    FlawRow{Flaw::keys_kept_for_ever, "keys-kept-for-ever",
            "It fetches the keys of the provider once and never again."},
    FlawRow{Flaw::keys_fetched_without_end, "keys-fetched-without-end",
            "It fetches the keys again and again when the one it looks for is not there."},
    FlawRow{Flaw::first_key_used, "first-key-used", "It takes the first key of a set for the only one."},
    FlawRow{Flaw::key_set_whole, "key-set-whole", "It refuses a key set with a key that it does not know."},
    FlawRow{Flaw::key_of_token, "key-of-token", "It takes the key that an ID Token brings along or points to."},
    FlawRow{Flaw::id_signature_unchecked, "id-signature-unchecked", "It does not verify ID Tokens."},
    FlawRow{Flaw::id_algorithm_of_token, "id-algorithm-of-token", "It lets the ID Token say how it is signed."},
    FlawRow{Flaw::id_crit_ignored, "id-crit-ignored", "It passes over critical extensions of an ID Token."},
    FlawRow{Flaw::id_kind_unchecked, "id-kind-unchecked", "It takes any JWT for an ID Token."},
    FlawRow{Flaw::id_issuer_unchecked, "id-issuer-unchecked", "It does not look at the issuer of an ID Token."},
    FlawRow{Flaw::id_audience_unchecked, "id-audience-unchecked", "It does not look at the audience of an ID Token."},
    FlawRow{Flaw::id_subject_unchecked, "id-subject-unchecked",
            "It takes an ID Token that does not say who signed in."},
    FlawRow{Flaw::id_times_unchecked, "id-times-unchecked", "It does not look at the times of an ID Token."},
    FlawRow{Flaw::id_level_unchecked, "id-level-unchecked",
            "It does not look at the level of assurance of an ID Token."},
    FlawRow{Flaw::id_hash_unchecked, "id-hash-unchecked",
            "It does not compare the access token with its hash in the ID Token."},
    FlawRow{Flaw::id_token_optional, "id-token-optional", "It signs people in without an ID Token."},
    FlawRow{Flaw::id_token_unreadable_taken, "id-token-unreadable-taken",
            "It signs people in with an ID Token that it cannot read."},
    FlawRow{Flaw::refreshed_identity_unchecked, "refreshed-identity-unchecked",
            "It does not look at the ID Token of a refresh."},
    FlawRow{Flaw::id_token_at_userinfo, "id-token-at-userinfo", "It shows the ID Token where an access token belongs."},
    FlawRow{Flaw::userinfo_unchecked, "userinfo-unchecked", "It does not look whose userinfo it got."},
    FlawRow{Flaw::userinfo_demanding, "userinfo-demanding", "It refuses userinfo that lacks a claim it would like."},
    FlawRow{Flaw::logout_without_hint, "logout-without-hint", "It signs out without saying whose session ends."},
    FlawRow{Flaw::logout_return_unregistered, "logout-return-unregistered",
            "It asks to return from signing out to an address of its own choice."},
    FlawRow{Flaw::logout_here_only, "logout-here-only", "It signs out by forgetting."},
    FlawRow{Flaw::tokens_kept_after_logout, "tokens-kept-after-logout",
            "It goes on with its tokens after signing out."},
    // OpenID Connect as the NL GOV profile has it
    FlawRow{Flaw::represents_ignored, "represents-ignored", "It does not look for whom its user acts."},
    FlawRow{Flaw::claims_too_many, "claims-too-many", "It asks for claims that it does not need."},
    FlawRow{Flaw::vtr_beside_acr, "vtr-beside-acr", "It asks for a vector of trust beside a level of assurance."},
    FlawRow{Flaw::webfinger_asked, "webfinger-asked", "It asks by WebFinger where the provider is."},
    FlawRow{Flaw::rs256_only, "rs256-only", "It knows no algorithm but RS256."},
    FlawRow{Flaw::userinfo_signature_unchecked, "userinfo-signature-unchecked", "It does not verify signed userinfo."},
    FlawRow{Flaw::signed_metadata_ignored, "signed-metadata-ignored", "It reads metadata as if they were not signed."},
    FlawRow{Flaw::signed_metadata_unverified, "signed-metadata-unverified",
            "It does not verify the signature of metadata."},
    FlawRow{Flaw::request_object_unsigned, "request-object-unsigned", "It sends request objects without a signature."},
    // Answers in a form
    FlawRow{Flaw::posted_answer_unread, "posted-answer-unread",
            "It asks for the answer in a form and looks for it in the address."},
    FlawRow{Flaw::answer_by_query_taken, "answer-by-query-taken",
            "It asks for the answer in a form and takes one in the address, too."},
    // Signing out where the provider tells so
    FlawRow{Flaw::logout_unverified, "logout-unverified", "It does not verify the signature of a logout token."},
    FlawRow{Flaw::logout_issuer_unchecked, "logout-issuer-unchecked", "It takes logout tokens of any issuer."},
    FlawRow{Flaw::logout_audience_unchecked, "logout-audience-unchecked", "It takes logout tokens for other clients."},
    FlawRow{Flaw::logout_times_unchecked, "logout-times-unchecked", "It does not look at the times of a logout token."},
    FlawRow{Flaw::logout_meaning_unchecked, "logout-meaning-unchecked",
            "It takes any JWT of the provider for a logout token."},
    FlawRow{Flaw::logout_nonce_taken, "logout-nonce-taken", "It takes a logout token with a nonce."},
    FlawRow{Flaw::logout_details_unchecked, "logout-details-unchecked",
            "It looks neither for the jti of a logout token nor at what its event is."},
    FlawRow{Flaw::logout_replay_taken, "logout-replay-taken", "It takes a logout token that it had before."},
    FlawRow{Flaw::logout_by_anybody, "logout-by-anybody", "It ends its session whosever is told to end."},
    FlawRow{Flaw::logout_unheeded, "logout-unheeded", "It says that it signed its user out, and does not."},
    FlawRow{Flaw::logout_errors_hidden, "logout-errors-hidden", "It answers 200 to logout tokens that it refuses."},
    FlawRow{Flaw::logout_answer_kept, "logout-answer-kept", "It lets caches keep what it says about signing out."},
    // Of the web application
    FlawRow{Flaw::callback_page_with_picture, "callback-page-with-picture",
            "Its page at the redirect address shows a picture from elsewhere."},
    FlawRow{Flaw::token_in_cookie, "token-in-cookie", "It keeps the access token in a cookie that travels in clear."},
};

}  // namespace

std::span<FlawRow const> flaws_of_openid()
{
    return rows;
}

}  // namespace keur::reference
