#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/json.h"

#include <string>
#include <string_view>

namespace keur {

// One recorded event of a scenario. The names in `kind`, `party` and `fields` are what patterns in YAML address:
//
// handshake (idp, api, attacker, mtls): from (client, or the user's browser), connection, outcome (done, refused, taken,
//     garbage, plain-http), version, suite, alert, detail, hello{}, stranger (a party that the client has no business with),
//     certificate-asked, certificate{subject, issuer, names[], thumbprint, not-after} (the client's own, when it showed one)
//     and of the server of the fault `tls`: endpoint, flaw (the case's id), server (its title), decided-by, closed (how the
//     client ended the connection)
// request (idp, api, attacker, mtls): connection, secure, stranger, certificate{}, method, target, path, endpoint,
//     query{}, header{} (names in lower case), cookie{}, form{} (when form-encoded), json (when JSON), body, media-type,
//     basic{user, password}, repeated[]
// response (idp, api, attacker, mtls): to (id of the request), endpoint, status, header{}, body, json, faults[] (that
//     shaped it), delivered (yes or no), delivered-after (milliseconds from the answer to its last byte), whole (all was taken)
// fault (the party that has it): name, argument, endpoint, to (id of the request), delivered: it fired
// navigate (user): url, method, query{}, form{} (when one was sent), status, location, header{}: one step of the browser
// page (user): url, status, title, text, forms[], html (of the client's own): what the user was shown
// deliver (user): url, query{}, form{} (of response_mode=form_post): a callback handed to the client
// notice (client): endpoint, url, query{}, form{}, delivered: what a provider told the client of itself, as logout tokens
// reply (client): to (id of the notice), endpoint, status, header{}, body, json: what the client answered it
// command (client): message{}: what keur told the client
// answer (client): message{}, says (open, done, refused, unsupported, error)
// output (client): stream (stdout, stderr), text
// exit (client): status or signal, by (itself, keur), why (when keur ended it)
// clock (clock): by (milliseconds), how (preload, parties-only)
// note (keur): text, whose
struct Observation {
    int id = 0;                                // from 1, in order
    TimePoint time{};                          // on the scenario's clock
    std::chrono::microseconds since_start{0};  // real time since the scenario started
    std::string party;
    std::string kind;
    Json fields = Json::object();
};

// The value a dotted path names inside an observation: `kind`, `party`, `form.grant_type`, `query.state`,
// `header.authorization`, `json.version.obsoleteDate`, `repeated.0`. Null when there is none. Header names compare in
// lower case.
[[nodiscard]] Json field(Observation const& seen, std::string_view path);

[[nodiscard]] Json to_json(Observation const& seen);
[[nodiscard]] Result<Observation> observation_from_json(Json const& json);

}  // namespace keur
