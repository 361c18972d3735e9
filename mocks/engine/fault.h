#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/random.h"
#include "protocol/base/yaml.h"
#include "protocol/http/form.h"
#include "protocol/http/message.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace keur::mocks {

// Where a fault may act: after the engine made its good answer, or on the redirect that the browser carries to the
// client.
struct FaultedReply {
    std::string const& party;     // idp, api
    std::string const& endpoint;  // authorize, token, employers …
    http::Request const& request;
    http::Form const& form;  // parameters of the request: the form of a POST, else the query
    http::Reply& reply;      // good so far: change it
    Clock const& clock;
    Random& random;
    std::map<std::string, std::string> const& origins;  // party → origin, `attacker` among them
    int nth;                                            // how often this fault had its chance before, from 0
    // Enters a secret of that kind in the ledger of the scenario.
    std::function<void(std::string const& kind, std::string const& value)> const& enter;
    // How this party says no in its own words, with that status.
    std::function<http::Response(int status, std::string const& message)> const& refuse;
};
struct FaultedCallback {
    http::Form& parameters;  // of the redirect to the client: change them
    std::string& base;       // the redirect URI without its query: change it
    Random& random;
    // A code and state of another flow, made by the engine on demand: `attacker` (a code the attacker got for the same
    // client with their own account), `other-client`, `expired`.
    std::function<std::string(std::string const&)> code_of;
    std::vector<std::string> const& earlier_states;  // of this run of the client, oldest first, without the present one
    std::function<std::string(std::string const&)> fill_in;  // a text with `${origin.PARTY}` and the like filled in
};

// One named deviation of a party from good behaviour: data, off by default. One file each in mocks/faults/, `x-y.cpp`
// defining `Fault x_y()`.
struct Fault {
    std::string name;                  // as in YAML
    std::string title;                 // one line, with its arguments
    std::string source;                // the document this deviates from
    std::string default_at = "token";  // where it acts when its argument has no `at`; several with commas
    // Checks an argument when a scenario is loaded; returns nothing or the error. Never null.
    std::function<Result<void>(Yaml const&)> check;
    // At least one of these is set. Each returns true when it fired.
    // The engine has looked at `at`, `grant`, `from` and `times` before (fault_gate.h).
    std::function<bool(Yaml const&, FaultedReply&)> on_reply;
    std::function<bool(Yaml const&, FaultedCallback&)> on_callback;
    // Makes ready, before a play begins, what takes too long while a client waits; may be null.
    std::function<Result<void>()> prepare;
    bool transport = false;  // concerns TLS, the listener or the clock; harness/run applies it
};

// The table that the build writes from mocks/faults/.
[[nodiscard]] std::vector<Fault> const& faults();

}  // namespace keur::mocks
