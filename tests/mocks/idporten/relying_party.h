#pragma once

#include "mocks/engine/platform.h"
#include "protocol/base/encoding.h"
#include "protocol/base/json.h"
#include "protocol/http/cookie.h"
#include "protocol/http/url.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/jwt.h"
#include "protocol/oauth/client_authentication.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace keur::mocks::test {

inline Profile const& idporten()
{
    static Profile const profile = [] {
        auto loaded = load_profile(tests::source_folder() / "mocks/idporten/profile.yaml");
        if (!loaded) throw std::runtime_error(loaded.error().text());
        return std::move(*loaded);
    }();
    return profile;
}

// ID-porten with a service and a browser, without sockets.
class Service {
public:
    using Pairs = std::vector<std::pair<std::string, std::string>>;  // name and YAML

    explicit Service(Pairs const& switches = {}, Pairs const& faults = {},
                     std::map<std::string, std::string> const& logout = {})
    {
        PlatformOptions options{.origins = {{"idp", "https://localhost:4001"},
                                            {"front", "https://localhost:4002"},
                                            {"api", "https://localhost:4004"},
                                            {"attacker", "https://127.0.0.1:4003"}},
                                .faults = {},
                                .overrides = {},
                                .redirect_uri = "https://localhost:4000/callback"};
        options.origins.insert(logout.begin(), logout.end());
        for (auto const& [path, value] : switches)
            options.overrides.emplace_back(path, parse_yaml(value, "test.yaml").value());
        for (auto const& [name, argument] : faults)
            options.faults.push_back({name, parse_yaml(argument, "test.yaml").value()});
        auto made = Platform::create(idporten(), std::move(options), clock, random, transcript);
        if (!made) throw std::runtime_error(made.error().text());
        platform = std::move(*made);
        settings = platform->client_settings();
    }

    [[nodiscard]] std::string setting(std::string const& name) const { return text_member(settings, name); }

    http::Response send(std::string const& party, http::Request const& request)
    {
        return platform->handle(party, request, 1, true).response;
    }
    http::Response get(std::string const& path, std::string const& token = {})
    {
        http::Request request{.method = "GET", .target = path};
        if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
        return send(path == "/userinfo" ? "api" : "idp", request);
    }
    Json token(http::Form const& form)
    {
        http::Request request{.method = "POST", .target = "/token", .headers = {}, .body = to_text(form)};
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.headers.add("Authorization",
                            oauth::basic_authorization(setting("client_id"), setting("client_secret")));
        return Json::parse(send("idp", request).body);
    }
    http::Response visit(std::string const& url, http::Form const* form = nullptr)
    {
        auto const parsed = http::parse_url(url);
        http::Request request{.method = form == nullptr ? "GET" : "POST", .target = parsed->target()};
        request.headers.add("Cookie", jar.header_for(*parsed));
        if (form != nullptr) {
            request.headers.add("Content-Type", "application/x-www-form-urlencoded");
            request.body = to_text(*form);
        }
        auto response = send("front", request);
        jar.store(*parsed, response.headers);
        auto const location = response.headers.get("location");
        return location.starts_with("https://localhost:4002") ? visit(location) : response;
    }
    [[nodiscard]] http::Form authorization_request() const
    {
        return {{"response_type", "code"},
                {"client_id", setting("client_id")},
                {"redirect_uri", setting("redirect_uri")},
                {"scope", "openid profile"},
                {"state", "q8Zr2VnX0mT4"},
                {"nonce", "Zk41uVb2"},
                {"acr_values", "idporten-loa-high"},
                {"code_challenge", base64url(jose::sha256(verifier))},
                {"code_challenge_method", "S256"}};
    }
    // Where the browser ends when its user signs in.
    std::string returned(http::Form const& request)
    {
        auto page = visit(http::with_parameters("https://localhost:4002/authorize", request));
        if (page.status != 303) {
            auto const user = platform->user("normal");
            http::Form const form{{"request", hidden(page.body, "request")},
                                  {"csrf", hidden(page.body, "csrf")},
                                  {"username", text_member(user, "username")},
                                  {"password", text_member(user, "password")}};
            page = visit("https://localhost:4002/login", &form);
        }
        return page.headers.get("location");
    }
    // The tokens of a user who signed in.
    Json sign_in()
    {
        auto const back = returned(authorization_request());
        auto const query = http::parse_form(std::string_view(back).substr(back.find('?') + 1));
        return token({{"grant_type", "authorization_code"},
                      {"code", query->get("code")},
                      {"code_verifier", verifier},
                      {"redirect_uri", setting("redirect_uri")}});
    }
    jose::JwkSet keys() { return jose::parse_jwk_set(get("/jwks.json").body).value(); }

    static constexpr auto verifier = "a-verifier-of-more-than-forty-three-characters-for-tests";
    ManualClock clock{TimePoint(std::chrono::seconds(1'795'000'000))};
    Random random{1, "test"};
    Transcript transcript{clock};
    std::unique_ptr<Platform> platform;
    Json settings;
    http::CookieJar jar;

private:
    static std::string hidden(std::string const& html, std::string const& name)
    {
        auto const mark = "name=\"" + name + "\" value=\"";
        auto const from = html.find(mark);
        if (from == std::string::npos) return {};
        return html.substr(from + mark.size(), html.find('"', from + mark.size()) - from - mark.size());
    }
};

}  // namespace keur::mocks::test
