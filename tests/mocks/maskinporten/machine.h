#pragma once

#include "mocks/engine/platform.h"
#include "protocol/base/encoding.h"
#include "protocol/base/json.h"
#include "protocol/http/form.h"
#include "protocol/jose/jwt.h"
#include "protocol/x509/certificate.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace keur::mocks::test {

inline Profile const& maskinporten()
{
    static Profile const profile = [] {
        auto loaded = load_profile(tests::source_folder() / "mocks/maskinporten/profile.yaml");
        if (!loaded) throw std::runtime_error(loaded.error().text());
        return std::move(*loaded);
    }();
    return profile;
}

// Pairs of a switch's path and its value in YAML.
using Switches = std::vector<std::pair<std::string, std::string>>;

// Maskinporten and an API behind it with a client that does what a test says, without sockets.
class Machine {
public:
    explicit Machine(Switches const& switches = {})
    {
        PlatformOptions options{.origins = {{"idp", "https://localhost:4001"}, {"api", "https://localhost:4002"}},
                                .faults = {},
                                .overrides = {},
                                .redirect_uri = {}};
        for (auto const& [path, value] : switches)
            options.overrides.emplace_back(path, parse_yaml(value, "test.yaml").value());
        auto made = Platform::create(maskinporten(), std::move(options), clock, random, transcript);
        if (!made) throw std::runtime_error(made.error().text());
        platform = std::move(*made);
        settings = platform->client_settings();
    }

    [[nodiscard]] std::string setting(std::string const& name) const { return text_member(settings, name); }

    // Good claims for an operation of the settings; each has a jti of its own.
    [[nodiscard]] Json claims(std::string const& operation = "orders")
    {
        auto const now = seconds_since_epoch(clock.now()).count();
        Json made{{"aud", setting("issuer")},
                  {"iss", setting("client_id")},
                  {"iat", now},
                  {"exp", now + 100},
                  {"jti", random.uuid()}};
        made.update(settings["grants"][operation]);
        return made;
    }
    [[nodiscard]] Json header() const { return {{"kid", setting("key_id")}}; }
    [[nodiscard]] Json chain_header() const
    {
        constexpr std::string_view end = "-----END CERTIFICATE-----";
        auto const pem = setting("certificate_chain");
        auto chain = Json::array();
        for (std::size_t from = 0, to = pem.find(end); to != std::string::npos; from = to, to = pem.find(end, to)) {
            to += end.size();
            chain.push_back(base64(x509::Certificate::from_pem(pem.substr(from, to - from)).value().der()));
        }
        return {{"x5c", chain}};
    }
    [[nodiscard]] std::string grant(Json const& claims, Json const& header,
                                    jose::Algorithm algorithm = jose::Algorithm::rs256) const
    {
        jose::Jwk const key{.material = x509::Key::from_pem(setting("private_key")).value()};
        return jose::Signer::create(algorithm, key, header).value().sign(to_line(claims)).value();
    }

    http::Response redeem(std::string const& assertion)
    {
        http::Form const form{{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"assertion", assertion}};
        return platform
            ->handle("idp",
                     {.method = "POST",
                      .target = "/token",
                      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                      .body = to_text(form)},
                     1, true)
            .response;
    }
    http::Response ask(Json const& claims) { return redeem(grant(claims, header())); }
    std::string token(std::string const& operation)
    {
        return text_member(parse_json(ask(claims(operation)).body, "answer").value(), "access_token");
    }
    int call(std::string const& operation, std::string const& token)
    {
        auto const path = "/v1/" + text_member(settings["operations"], operation);
        return platform
            ->handle("api", {.method = "GET", .target = path, .headers = {{"Authorization", "Bearer " + token}}}, 2,
                     true)
            .response.status;
    }
    Json get(std::string const& path)
    {
        return parse_json(platform->handle("idp", {.method = "GET", .target = path}, 3, true).response.body, "answer")
            .value();
    }

    ManualClock clock{SystemClock().now()};
    Random random{7, "test"};
    Transcript transcript{clock};
    std::unique_ptr<Platform> platform;
    Json settings;
};

// The operator's code, or the error when there is none.
inline std::string code_of(http::Response const& response)
{
    auto const body = parse_json(response.body, "answer").value();
    auto const description = text_member(body, "error_description");
    return description.starts_with("MP-") ? description.substr(0, 6) : text_member(body, "error");
}

}  // namespace keur::mocks::test
