#pragma once

#include "mocks/engine/platform.h"
#include "protocol/base/json.h"
#include "protocol/http/cookie.h"
#include "protocol/http/url.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace keur::mocks::test {

inline Profile const& burgerprofiel()
{
    static Profile const profile = [] {
        auto loaded = load_profile(tests::source_folder() / "mocks/burgerprofiel/profile.yaml");
        if (!loaded) throw std::runtime_error(loaded.error().text());
        return std::move(*loaded);
    }();
    return profile;
}

inline constexpr auto access_token_type = "urn:ietf:params:oauth:token-type:access_token";

// ACM and the portal with a client and a browser, without sockets.
class Visitor {
public:
    using Switches = std::vector<std::pair<std::string, std::string>>;  // path and value in YAML

    explicit Visitor(Switches const& switches = {})
    {
        PlatformOptions options{.origins = {{"idp", "https://localhost:4001"},
                                            {"mbp", "https://localhost:4002"},
                                            {"landing", "https://localhost:4003"},
                                            {"production", "https://localhost:4004"}},
                                .faults = {},
                                .overrides = {},
                                .redirect_uri = "https://localhost:4000/callback"};
        for (auto const& [path, value] : switches)
            options.overrides.emplace_back(path, parse_yaml(value, "test.yaml").value());
        auto made = Platform::create(burgerprofiel(), std::move(options), clock, random, transcript);
        if (!made) throw std::runtime_error(made.error().text());
        platform = std::move(*made);
        settings = platform->client_settings();
    }

    [[nodiscard]] std::string setting(std::string const& name) const { return text_member(settings, name); }

    http::Response post(std::string const& party, std::string const& path, std::string const& type, std::string body)
    {
        return platform
            ->handle(party,
                     {.method = "POST", .target = path, .headers = {{"Content-Type", type}}, .body = std::move(body)},
                     1, true)
            .response;
    }
    Json token(http::Form form)
    {
        form.add("client_id", setting("client_id"));
        form.add("client_secret", setting("client_secret"));
        return Json::parse(post("idp", "/op/v1/token", "application/x-www-form-urlencoded", to_text(form)).body);
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
        auto response = platform->handle(parsed->port == 4003 ? "landing" : "idp", request, 1, true).response;
        jar.store(*parsed, response.headers);
        auto const location = response.headers.get("location");
        return location.starts_with("https://localhost:4001") ? visit(location) : response;
    }
    // The answer to the sign-in page that its user filled in.
    http::Response fill_in(http::Response const& page)
    {
        auto const user = platform->user("normal");
        http::Form const form{{"request", hidden(page.body, "request")},
                              {"csrf", hidden(page.body, "csrf")},
                              {"username", text_member(user, "username")},
                              {"password", text_member(user, "password")}};
        return visit("https://localhost:4001/op/v1/login", &form);
    }
    // The tokens of a user who signed in.
    Json sign_in(std::string const& scope = "openid profile rrn offline_access")
    {
        auto const page =
            visit(http::with_parameters(setting("authorization_endpoint"), {{"response_type", "code"},
                                                                            {"client_id", setting("client_id")},
                                                                            {"redirect_uri", setting("redirect_uri")},
                                                                            {"scope", scope},
                                                                            {"state", "q8Zr2VnX0mT4"},
                                                                            {"nonce", "Zk41uVb2"}}));
        auto const back = (page.status == 303 ? page : fill_in(page)).headers.get("location");  // 303: still signed in
        auto const query = http::parse_form(std::string_view(back).substr(back.find('?') + 1));
        return token({{"grant_type", "authorization_code"},
                      {"code", query->get("code")},
                      {"redirect_uri", setting("redirect_uri")}});
    }
    [[nodiscard]] http::Form exchange_of(std::string const& token) const
    {
        return {{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
                {"audience", setting("audience")},
                {"subject_token", token},
                {"subject_token_type", access_token_type},
                {"actor_token", token},
                {"actor_token_type", access_token_type}};
    }
    std::string exchanged()
    {
        return text_member(token(exchange_of(text_member(sign_in(), "access_token"))), "access_token");
    }
    http::Response hand_over(Json const& body)
    {
        return post("mbp", "/auth/v1/token", "application/json", to_line(body));
    }
    std::string temporary()
    {
        return text_member(Json::parse(hand_over({{"token", exchanged()}, {"token_type", access_token_type}}).body),
                           "token");
    }
    // Whether the page at that address greets its user.
    bool lands(std::string const& temporary_token)
    {
        auto const page =
            visit(http::with_parameters("https://localhost:4003/meldingen", {{"token", temporary_token}}));
        return page.body.find("Lieselot") != std::string::npos;
    }

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
