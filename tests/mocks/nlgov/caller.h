#pragma once

#include "mocks/engine/platform.h"
#include "protocol/base/encoding.h"
#include "protocol/base/json.h"
#include "protocol/http/form.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/jwk.h"
#include "protocol/jose/jws.h"
#include "protocol/jose/jwt.h"
#include "protocol/oauth/client_authentication.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace keur::mocks::test {

inline Profile const& nlgov()
{
    static Profile const profile = [] {
        auto loaded = load_profile(tests::source_folder() / "mocks/nlgov/profile.yaml");
        if (!loaded) throw std::runtime_error(loaded.error().text());
        return std::move(*loaded);
    }();
    return profile;
}

// A program behind its gateway, with a secret or with `shown` as its certificate, acting on its own behalf, without sockets.
class Caller {
public:
    using Switches = std::vector<std::pair<std::string, std::string>>;  // path and value in YAML

    explicit Caller(Switches switches = {})
    {
        bool const is_told = std::ranges::any_of(
            switches, [](auto const& each) { return each.first == "client-authentication.registered"; });
        if (!is_told) switches.emplace_back("client-authentication.registered", "client_secret_basic");
        PlatformOptions options{.origins = {{"idp", "https://localhost:4001"},
                                            {"mtls", "https://localhost:4005"},
                                            {"api", "https://localhost:4002"},
                                            {"registry", "https://localhost:4003"},
                                            {"rogue", "https://localhost:4004"}},
                                .faults = {},
                                .overrides = {},
                                .redirect_uri = "https://app.example/callback"};
        for (auto const& [path, value] : switches)
            options.overrides.emplace_back(path, parse_yaml(value, "test.yaml").value());
        auto made = Platform::create(nlgov(), std::move(options), clock, random, transcript);
        if (!made) throw std::runtime_error(made.error().text());
        platform = std::move(*made);
        settings = platform->client_settings();
    }

    // A form for an endpoint of the authorization server, sent by the client with this name in the settings (`machine`) or
    // by that for users.
    http::Response post(std::string const& path, http::Form const& form, bool as_machine, http::Headers headers = {})
    {
        auto const& account = as_machine ? settings.at("machine") : settings;
        headers.set("Content-Type", "application/x-www-form-urlencoded");
        auto whole = form;
        auto const id = text_member(account, "client_id");
        if (auto const secret = text_member(account, "client_secret"); secret.empty())
            whole.add("client_id", id);
        else
            headers.set("Authorization", oauth::basic_authorization(id, secret));
        return platform
            ->handle("idp", {.method = "POST", .target = path, .headers = std::move(headers), .body = to_text(whole)},
                     1, true, shown)
            .response;
    }
    http::Response token(http::Form form = {{"grant_type", "client_credentials"}}, http::Headers headers = {})
    {
        return post("/oauth2/token", form, true, std::move(headers));
    }
    std::string new_token(http::Form const& form = {{"grant_type", "client_credentials"}})
    {
        return text_member(Json::parse(token(form).body), "access_token");
    }
    http::Response call(std::string const& party, std::string const& path, http::Headers headers)
    {
        return platform
            ->handle(party, {.method = "GET", .target = path, .headers = std::move(headers), .body = {}}, 1, true,
                     shown)
            .response;
    }
    http::Response call(std::string const& access_token, std::string const& path = "/v1/statistics")
    {
        return call("api", path, {{"Authorization", "Bearer " + access_token}});
    }

    ManualClock clock{TimePoint(std::chrono::seconds(1'795'000'000))};
    Random random{1, "test"};
    Transcript transcript{clock};
    std::unique_ptr<Platform> platform;
    Json settings;
    std::vector<x509::Certificate> shown;
};

// A key and the proofs made with it (RFC 9449).
class ProofKey {
public:
    ProofKey() : jwk(jose::jwk_of(x509::Key::generate(x509::KeyRecipe::p256).value())) { jwk.kid.clear(); }

    [[nodiscard]] std::string proof(Json const& claims, std::string const& type = "dpop+jwt") const
    {
        return jose::Signer::create(jose::Algorithm::es256, jwk, {{"typ", type}, {"jwk", to_json(jwk)}})
            .value()
            .sign(to_line(claims))
            .value();
    }

    jose::Jwk jwk;
};

}  // namespace keur::mocks::test
