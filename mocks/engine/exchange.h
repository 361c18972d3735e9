#pragma once

#include "protocol/http/form.h"
#include "protocol/http/message.h"
#include "protocol/x509/certificate.h"

#include <map>
#include <string>
#include <vector>

namespace keur::mocks {

struct PlatformState;

// One request taken apart, as handlers get it. Nothing in it is trusted.
struct Exchange {
    std::string party;
    http::Request const& request;
    bool secure = true;
    std::vector<x509::Certificate> client_chain = {};    // that the client showed in the handshake, leaf first
    std::string endpoint = "unknown";                    // name of the endpoint its path belongs to
    std::map<std::string, std::string, std::less<>> in;  // values of {placeholders} in the path

    http::Form query;
    std::string query_error;  // what is wrong with the query; empty when it was parsed
    http::Form form;          // of a form-encoded body (or any body, when the profile is lenient about its type)
    std::string form_error;   // why there is no form although the body should be one; empty otherwise
    http::Form cookies;

    // The parameters an OAuth endpoint reads: the query of a GET, the form of a POST.
    [[nodiscard]] http::Form const& parameters() const { return request.method == "POST" ? form : query; }
};

// Answers one request. A plain function: everything it knows is in the state and the exchange.
using Handler = http::Response (*)(PlatformState&, Exchange const&);

struct HandlerRow {
    std::string name;
    Handler handler = nullptr;
};

// One row of a profile's endpoint table.
struct Endpoint {
    std::string name;   // as observations show it
    std::string party;  // at which it is served
    std::vector<std::string> methods;
    std::string path;                   // as written: `/v2/providers/employers/{employer}/employees`
    std::vector<std::string> segments;  // the path in pieces; `{x}` fits any piece that is not empty
    Handler handler = nullptr;
};

[[nodiscard]] std::vector<std::string> path_segments(std::string_view path);
// True when the path fits; fills `in` with the values of the placeholders, percent-decoded.
[[nodiscard]] bool fits(Endpoint const& endpoint, std::vector<std::string> const& segments,
                        std::map<std::string, std::string, std::less<>>& in);

// The handlers of the engine itself: authorize, login, consent, token, metadata, jwks.
[[nodiscard]] std::vector<HandlerRow> const& engine_handlers();

}  // namespace keur::mocks
