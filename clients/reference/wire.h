#pragma once

#include "clients/reference/certificate.h"
#include "clients/reference/proof.h"
#include "clients/reference/settings.h"
#include "protocol/base/clock.h"
#include "protocol/http/message.h"
#include "protocol/http/url.h"
#include "protocol/net/client.h"
#include "protocol/net/loop.h"
#include "protocol/net/tls.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace keur::reference {

enum class Party { token_endpoint, api, portal, server };  // server: other endpoints of the authorization server

// What all threads share: how servers are verified, and which of them asked for rest until when.
class Trust {
public:
    static Result<std::unique_ptr<Trust>> create(Settings const& settings, Flaws const& flaws);

    Trust(Settings const& settings, Flaws const& flaws) : identity_(settings, flaws) {}

    [[nodiscard]] TlsIdentity& identity() { return identity_; }
    [[nodiscard]] std::shared_ptr<net::TlsClient const> blind() const { return blind_; }
    [[nodiscard]] std::shared_ptr<net::TlsClient const> older() const { return older_; }
    // Fails while the server at that origin wants rest.
    [[nodiscard]] Result<void> check_rest(std::string const& origin);
    // Null when tokens are not bound to a key.
    [[nodiscard]] Proofs* proofs() const { return proofs_.get(); }
    void rest_until(std::string const& origin, TimePoint when);

private:
    TlsIdentity identity_;
    std::shared_ptr<net::TlsClient const> blind_;  // verifies nothing; made for flaws only
    std::shared_ptr<net::TlsClient const> older_;  // TLS 1.0 and 1.1; made for a flaw only
    std::unique_ptr<Proofs> proofs_;
    std::mutex mutex_;
    std::map<std::string, TimePoint> rest_;
};

// The connections of one thread. Follows no redirects, repeats nothing, limits size and time of answers, and obeys
// Retry-After: a short wait is waited, after a longer one the server is left alone.
class Wire {
public:
    Wire(Trust& trust, Flaws const& flaws);

    [[nodiscard]] Result<http::Response> send(Party party, http::Url const& url, http::Request const& request);

private:
    [[nodiscard]] Result<http::Response> exchange_as_is(Party party, http::Url const& url,
                                                        http::Request const& request);
    // What a flawed client does when TLS failed; `failure` when it has no such flaw.
    [[nodiscard]] Result<http::Response> after_tls_failure(http::Url const& url, http::Request const& request,
                                                           Result<http::Response> failure);
    [[nodiscard]] Result<http::Response> exchange(Party party, http::Url const& url, http::Request const& request);
    [[nodiscard]] Result<http::Response> follow(Party party, http::Url url, http::Request request,
                                                http::Response answer);
    [[nodiscard]] Result<http::Response> obey_retry_after(Party party, http::Url const& url,
                                                          http::Request const& request, http::Response const& answer);

    Trust& trust_;
    Flaws const& flaws_;
    net::Loop loop_;
    // Connections with the certificate that this program has now; those with an earlier one are closed.
    [[nodiscard]] net::HttpClient& verified();

    std::shared_ptr<net::TlsClient const> tls_;
    std::optional<net::HttpClient> verified_;
    net::HttpClient unverified_;           // used by flaws only
    net::HttpClient without_certificate_;  // used by flaws only
};

}  // namespace keur::reference
