#include "clients/reference/wire.h"

#include "clients/reference/knock.h"
#include "protocol/http/retry_after.h"

#include <fmt/format.h>

#include <cstdlib>

namespace keur::reference {

namespace {

constexpr std::chrono::milliseconds time_limit{3000};
constexpr std::size_t size_limit = 4U << 20U;
constexpr std::chrono::seconds patience{1};             // the longest wait that a user is made to sit through
constexpr std::chrono::minutes rest_without_number{5};  // when Retry-After cannot be read

net::ClientOptions options(std::shared_ptr<net::TlsClient const> tls, Flaws const& flaws)
{
    bool const is_boundless = flaws.has(Flaw::no_limits);
    return {.tls = std::move(tls),
            .limit = is_boundless ? std::chrono::hours(1) : time_limit,
            .most_body = is_boundless ? std::size_t{1} << 30U : size_limit,
            .takes_cut_answers = flaws.has(Flaw::cut_answers_taken)};
}

bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Flaw follows_redirects_of(Party party)
{
    switch (party) {
        case Party::api: return Flaw::api_redirect_followed;
        case Party::portal: return Flaw::hand_over_redirect_followed;
        case Party::token_endpoint:
        case Party::server: break;
    }
    return Flaw::token_redirect_followed;
}

bool is_overload(int status)
{
    return status == 429 || status == 503;
}

}  // namespace

Result<std::unique_ptr<Trust>> Trust::create(Settings const& settings, Flaws const& flaws)
{
    auto trust = std::make_unique<Trust>(settings, flaws);
    if (auto const done = trust->identity_.read(); !done) return fail(done);
    if (settings.has_bound_tokens) {
        auto proofs = Proofs::create(flaws);
        if (!proofs) return fail(proofs);
        trust->proofs_ = std::move(*proofs);
    }
    if (flaws.has(Flaw::retries_with_older_tls)) {
        auto older = net::TlsClient::create({.ca_pem = settings.ca_pem,
                                             .min_version = "1.0",
                                             .max_version = "1.1",
                                             .offer = {.suites = "ECDHE+AES:@SECLEVEL=0"}});
        if (!older) return fail(older);
        trust->older_ = std::move(*older);
    }
    bool const is_ever_blind =
        flaws.has(Flaw::api_unverified) || flaws.has(Flaw::retries_unverified) || flaws.has(Flaw::hand_over_unverified);
    if (!is_ever_blind) return trust;
    auto blind = net::TlsClient::create({.ca_pem = {}, .verify_peer = false, .verify_host = false});
    if (!blind) return fail(blind);
    trust->blind_ = std::move(*blind);
    return trust;
}

Result<void> Trust::check_rest(std::string const& origin)
{
    std::scoped_lock const lock(mutex_);
    auto const left = std::chrono::ceil<std::chrono::seconds>(rest_[origin] - SystemClock().now());
    if (left.count() <= 0) return {};
    return fail("server", "it is busy and asked for rest", fmt::format("try again in {} seconds", left.count()));
}

void Trust::rest_until(std::string const& origin, TimePoint when)
{
    std::scoped_lock const lock(mutex_);
    rest_[origin] = when;
}

Wire::Wire(Trust& trust, Flaws const& flaws)
    : trust_(trust),
      flaws_(flaws),
      unverified_(loop_, options(trust.blind(), flaws)),
      without_certificate_(loop_, options(trust.identity().without_certificate(), flaws))
{
}

net::HttpClient& Wire::verified()
{
    auto tls = trust_.identity().now();
    if (tls_ == tls) return *verified_;
    tls_ = std::move(tls);
    return verified_.emplace(loop_, options(tls_, flaws_));
}

// Token requests, and calls with a token, prove that this program holds the key. An API that wants a nonce is asked once
// more; the token endpoint by whoever made the request, for its assertion is used up.
Result<http::Response> Wire::exchange(Party party, http::Url const& url, http::Request const& request)
{
    auto* const proofs = trust_.proofs();
    bool const asks_for_token = party == Party::token_endpoint && request.method == "POST";
    if (proofs == nullptr || (!asks_for_token && party != Party::api)) return exchange_as_is(party, url, request);
    int const most = asks_for_token ? 1 : flaws_.has(Flaw::proof_nonce_without_end) ? 20 : 2;
    for (int attempt = 1;; ++attempt) {
        auto const proved = proofs->prove(url, request);
        if (!proved) return fail(proved);
        auto answer = exchange_as_is(party, url, *proved);
        if (!answer || !proofs->take_nonce(url, *answer) || attempt == most) return answer;
    }
}

Result<http::Response> Wire::exchange_as_is(Party party, http::Url const& url, http::Request const& request)
{
    bool const is_unverified = (party == Party::api && flaws_.has(Flaw::api_unverified)) ||
                               (party == Party::portal && flaws_.has(Flaw::hand_over_unverified));
    if (is_unverified) return unverified_.fetch(url, request);
    if (party == Party::api && flaws_.has(Flaw::certificate_for_tokens_only))
        return without_certificate_.fetch(url, request);
    auto answer = verified().fetch(url, request);
    if (answer || !net::is_tls_failure(answer.error())) return answer;
    return after_tls_failure(url, request, std::move(answer));
}

Result<http::Response> Wire::after_tls_failure(http::Url const& url, http::Request const& request,
                                               Result<http::Response> failure)
{
    if (flaws_.has(Flaw::dies_of_tls_failures)) std::abort();
    if (flaws_.has(Flaw::own_handshake)) take_any_server_hello(url);
    if (flaws_.has(Flaw::retries_without_certificate)) return without_certificate_.fetch(url, request);
    if (flaws_.has(Flaw::retries_unverified)) return unverified_.fetch(url, request);
    if (flaws_.has(Flaw::retries_with_older_tls)) {
        net::HttpClient older(loop_, options(trust_.older(), flaws_));
        return older.fetch(url, request);
    }
    if (flaws_.has(Flaw::falls_back_to_plain_http))
        if (auto const plain = http::parse_url("http" + url.text.substr(url.text.find(':'))))
            return verified().fetch(*plain, request);
    return failure;
}

Result<http::Response> Wire::follow(Party party, http::Url url, http::Request request, http::Response answer)
{
    bool const is_unbound = party == Party::api && flaws_.has(Flaw::redirects_without_end);
    bool const is_careless = flaws_.has(follows_redirects_of(party));
    for (int hops = 0; is_redirect(answer.status) && hops < (is_unbound ? 100 : is_careless ? 10 : 0); ++hops) {
        auto const next = http::resolve(url, answer.headers.get("Location"));
        if (!next || (is_unbound && next->origin() != url.origin())) return answer;
        url = *next;
        request.target = url.target();
        request.headers.remove("Host");
        auto followed = exchange(party, url, request);
        if (!followed) return followed;
        answer = std::move(*followed);
    }
    return answer;
}

Result<http::Response> Wire::obey_retry_after(Party party, http::Url const& url, http::Request const& request,
                                              http::Response const& answer)
{
    if (flaws_.has(Flaw::retry_after_ignored)) return exchange(party, url, request);
    if (flaws_.has(Flaw::repeats_when_in_trouble)) return answer;
    auto const now = SystemClock().now();
    auto const wait = http::parse_retry_after(answer.headers.get("Retry-After"), now);
    if (wait && *wait <= patience && request.method == "GET") {
        loop_.run_until([] { return false; }, *wait);
        return exchange(party, url, request);
    }
    trust_.rest_until(url.origin(), now + wait.value_or(rest_without_number));
    if (auto const rest = trust_.check_rest(url.origin()); !rest) return fail(rest);
    return answer;
}

Result<http::Response> Wire::send(Party party, http::Url const& url, http::Request const& request)
{
    if (auto const rest = trust_.check_rest(url.origin()); !rest) return fail(rest);
    knock(url, flaws_);
    auto answer = exchange(party, url, request);
    if (answer) answer = follow(party, url, request, std::move(*answer));
    if (!answer || !is_overload(answer->status)) return answer;
    return obey_retry_after(party, url, request, *answer);
}

}  // namespace keur::reference
