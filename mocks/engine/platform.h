#pragma once

#include "evidence/transcript.h"
#include "mocks/engine/profile.h"
#include "protocol/base/clock.h"
#include "protocol/base/random.h"
#include "protocol/http/message.h"
#include "protocol/x509/certificate.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keur::mocks {

// What a platform is made of, beside its profile.
struct PlatformOptions {
    // Party → origin it is reached at, such as {"idp": "https://localhost:40001"}. Parties: those of the profile, and
    // `attacker`. The name of an endpoint may stand beside them, when that one is reached elsewhere ({"token":
    // "http://localhost:40009"} for a plain listener or a closed port).
    std::map<std::string, std::string> origins;
    std::vector<FaultOrder> faults;
    // Values that replace those of profile.yaml, by dotted path: {"refresh.rotation": "rotate"}.
    std::vector<std::pair<std::string, Yaml>> overrides;
    std::string redirect_uri;  // of the client under test, registered for it
};

struct PlatformState;

// All parties of one system for one scenario: functions from request to reply. Knows no socket; time, randomness and
// the transcript come in. Every request and response is recorded in the transcript, every secret in its ledger.
class Platform {
public:
    // `profile`, `clock`, `random` and `transcript` must outlive the platform. Fails on an unknown fault, a bad argument or
    // override.
    static Result<std::unique_ptr<Platform>> create(Profile const& profile, PlatformOptions options, Clock const& clock,
                                                    Random& random, Transcript& transcript);
    ~Platform();

    // Answers one request that arrived at `party`. `connection` numbers the connection, `secure` says it came over TLS,
    // `client_chain` is what the client showed there, leaf first.
    [[nodiscard]] http::Reply handle(std::string const& party, http::Request const& request, std::uint64_t connection,
                                     bool secure, std::vector<x509::Certificate> client_chain = {});

    // The response recorded as observation `response_id` reached the client to its last byte (or did not): updates
    // `delivered` on it and on the faults that shaped it.
    void delivered(int response_id, bool whole);
    // Observation id of the response made last.
    [[nodiscard]] int last_response() const;

    // The browser's part of faults: `url` is the redirect to the client that the user agent is about to deliver; faults
    // on the callback (state forged, parameters added, …) return what is delivered instead, and record themselves as
    // fired.
    [[nodiscard]] std::string callback(std::string const& url);
    // The same for a step: `url` altered as `argument` says, in the words of the `callback` fault. `url` may be the bare
    // redirect URI, for a callback that nobody asked for.
    [[nodiscard]] Result<std::string> altered_callback(std::string const& url, Yaml const& argument);

    // What the client under test is told: the members of KEUR_SETTINGS that depend on the system (endpoints, client_id,
    // client_secret, redirect_uri, scope, api, …).
    [[nodiscard]] Json client_settings() const;

    // The certificate for mutual TLS that the client is to show now, with its key; none where there is no mutual TLS.
    [[nodiscard]] std::optional<x509::Credentials> client_certificate() const;

    // What the user of that name types into the pages' fields: {"username": …, "password": …}; empty for an unknown name.
    [[nodiscard]] Json user(std::string const& name) const;
    // What is written on the consent page's buttons: {"agree": …, "refuse": …}.
    [[nodiscard]] Json pages() const;

    // Acts outside any request, for steps of the idp, api and attacker: `withdraw-consent`, `revoke-refresh-token`,
    // `rotate-secret`, … Fails with the list of known acts.
    [[nodiscard]] Result<void> act(std::string const& party, std::string const& what, Yaml const& argument);

    // Names of faults that were ordered but have not fired (for "the bait was never delivered"); not those of the transport.
    [[nodiscard]] std::vector<std::string> waiting_faults() const;

private:
    explicit Platform(std::unique_ptr<PlatformState> state);
    std::unique_ptr<PlatformState> state_;
};

}  // namespace keur::mocks
