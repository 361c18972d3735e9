#pragma once

#include "evidence/transcript.h"
#include "harness/run/port.h"
#include "harness/run/tls_trick.h"
#include "harness/run/workplace.h"
#include "harness/scenario/scenario.h"
#include "mocks/engine/platform.h"
#include "protocol/net/server.h"
#include "protocol/oauth/callback.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keur {

// Where the client under test is reached, as registered for it.
struct ClientAddresses {
    std::string redirect_uri;
    std::map<std::string, std::string> logout;  // back-channel-logout, front-channel-logout
};

// The parties of one scenario on their ports, with the faults that concern the connection itself.
class Stage {
public:
    static Result<std::unique_ptr<Stage>> set(ScenarioCase const& play, ClientAddresses const& client,
                                              Workplace const& workplace, Clock const& clock, Random& random,
                                              Transcript& transcript);

    [[nodiscard]] mocks::Platform& platform() { return *platform_; }
    // KEUR_SETTINGS for the client: the platform's, changed by the scenario's `given: {client: …}` and transport faults.
    [[nodiscard]] Json settings() const;
    // What the browser brings to the client instead of that: the faults that concern callbacks have their chance.
    [[nodiscard]] oauth::Callback brought(oauth::Callback const& callback);
    // The same for a step, altered as `argument` says.
    [[nodiscard]] Result<oauth::Callback> altered(oauth::Callback const& callback, Yaml const& argument);
    // No request is without its answer.
    [[nodiscard]] bool is_quiet() const;
    // How long to move the clock before a callback is delivered (fault wait-before-return); zero when there is none.
    [[nodiscard]] std::chrono::milliseconds wait_before_return() const;
    // What of the scenario's trick never reached the client; empty when all did.
    [[nodiscard]] std::vector<std::string> bait_missing() const;
    // The observation with which the client had the bait; 0 when the trick lies in the settings or there is none.
    [[nodiscard]] int bait_id() const;
    // The server of the fault `tls` gets what is wrong with it put right; false when there is none.
    bool mend();
    // Requests that came to it since.
    [[nodiscard]] int requests_since_mended() const { return requests_since_mended_; }

private:
    struct Answered {
        int response = 0;  // id of the recorded response
        std::chrono::steady_clock::time_point at;
        bool is_trick = false;  // counts as delivered from the start
    };
    struct Post {  // one party's listener
        std::string party;
        std::string endpoint;    // that has this port to itself; empty: all of the party's
        bool is_flawed = false;  // the server of the fault `tls`
        std::unique_ptr<net::Listener> listener;
        std::map<std::uint64_t, Answered> responses;       // by request number
        std::map<std::uint64_t, net::ClientHello> hellos;  // by connection
        std::map<std::uint64_t, int> handshakes;           // by connection: ids of what was recorded
    };
    Stage(ScenarioCase const& play, mocks::Profile const& profile, net::Loop& loop, Clock const& clock,
          Transcript& transcript)
        : play_(play), profile_(profile), loop_(loop), clock_(clock), transcript_(transcript)
    {
    }

    [[nodiscard]] Result<std::string> open(std::string const& party, Workplace const& workplace);
    [[nodiscard]] Result<std::string> listen(std::unique_ptr<Post> post, net::ListenOptions options, std::string host);
    // The ports that the fault `tls` needs beside those of the parties.
    [[nodiscard]] Result<void> place_trick();
    [[nodiscard]] http::Reply answer(Post& post, http::Request const& request, net::Arrival const& arrival);
    [[nodiscard]] Result<std::shared_ptr<net::TlsServer const>> tls_for(std::string const& party,
                                                                        Workplace const& workplace) const;
    // How that party asks for a client certificate; none where it does not.
    [[nodiscard]] Result<std::optional<net::ClientCertificateDemand>> demand_of(std::string const& party) const;
    [[nodiscard]] Result<void> check_told() const;
    void note(Post& post, net::ConnectionEvent const& event);
    [[nodiscard]] bool is_clock_of_parties_only() const;
    // The first connection of the client's to the server of the fault `tls`, while it is flawed.
    [[nodiscard]] Observation const* flaw_met() const;
    [[nodiscard]] mocks::FaultOrder const* fault(std::string_view name) const;

    ScenarioCase const& play_;
    mocks::Profile const& profile_;
    net::Loop& loop_;
    Clock const& clock_;
    Transcript& transcript_;
    std::optional<TlsTrick> trick_;
    Post* flawed_ = nullptr;
    int requests_since_mended_ = 0;
    bool is_mended_ = false;
    std::map<std::string, std::string> origins_;
    std::vector<std::unique_ptr<Post>> posts_;
    std::unique_ptr<mocks::Platform> platform_;
    std::optional<ClosedPort> closed_;  // where nobody listens, for the fault of that name
};

}  // namespace keur
