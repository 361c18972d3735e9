#pragma once

#include "mocks/engine/platform.h"
#include "protocol/http/cookie.h"
#include "protocol/http/url.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace keur::mocks::test {

// The Loket profile of this tree, loaded once.
inline Profile const& loket()
{
    static Profile const profile = [] {
        auto loaded = load_profile(tests::source_folder() / "mocks/loket/profile.yaml");
        if (!loaded) throw std::runtime_error(loaded.error().text());
        return std::move(*loaded);
    }();
    return profile;
}

// YAML of one line.
inline Yaml yaml(std::string const& text)
{
    auto parsed = parse_yaml(text, "test.yaml");
    if (!parsed) throw std::runtime_error(parsed.error().text());
    return std::move(*parsed);
}

// Pairs of a fault's name and its argument in YAML; of a switch's path and its value in YAML.
using Faults = std::vector<std::pair<std::string, std::string>>;
using Switches = std::vector<std::pair<std::string, std::string>>;

// A Loket platform with a client and a browser, without sockets.
class Play {
public:
    static constexpr auto redirect_uri = "https://localhost:4000/callback";
    static constexpr auto state = "q8Zr2VnX0mT4aaaaaaaaaa";

    explicit Play(Faults const& faults = {}, Switches const& switches = {})
    {
        PlatformOptions options{.origins = {{"idp", "https://localhost:4001"},
                                            {"api", "https://localhost:4002"},
                                            {"attacker", "https://127.0.0.1:4003"},
                                            {"plain", "http://localhost:4004"}},
                                .faults = {},
                                .overrides = {},
                                .redirect_uri = redirect_uri};
        for (auto const& [name, argument] : faults) options.faults.push_back({name, yaml(argument)});
        for (auto const& [path, value] : switches) options.overrides.emplace_back(path, yaml(value));
        auto made = Platform::create(loket(), std::move(options), clock, random, transcript);
        if (!made) throw std::runtime_error(made.error().text());
        platform = std::move(*made);
        settings = platform->client_settings();
    }

    http::Response send(std::string const& party, http::Request const& request, bool secure = true)
    {
        last = platform->handle(party, request, 1, secure);
        return last.response;
    }

    // --- the client ---
    [[nodiscard]] std::string setting(std::string const& name) const { return text_member(settings, name); }
    [[nodiscard]] http::Form authorization_request() const
    {
        return {{"response_type", "code"},
                {"client_id", setting("client_id")},
                {"redirect_uri", redirect_uri},
                {"scope", "all"},
                {"state", state}};
    }
    [[nodiscard]] std::string link(http::Form const& request) const
    {
        return http::with_parameters(setting("authorization_endpoint"), request);
    }
    http::Response token(http::Form const& form)
    {
        return send("idp", {.method = "POST",
                            .target = "/token",
                            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                            .body = to_text(form)});
    }
    [[nodiscard]] http::Form code_request(std::string const& code) const
    {
        return {{"grant_type", "authorization_code"},
                {"code", code},
                {"redirect_uri", redirect_uri},
                {"client_id", setting("client_id")},
                {"client_secret", setting("client_secret")}};
    }
    [[nodiscard]] http::Form refresh_request(std::string const& refresh_token) const
    {
        return {{"grant_type", "refresh_token"},
                {"refresh_token", refresh_token},
                {"client_id", setting("client_id")},
                {"client_secret", setting("client_secret")}};
    }
    http::Response call(std::string const& path, std::string const& access_token,
                        std::string const& accept = "application/json;version=2018-12-31")
    {
        http::Request request{.method = "GET", .target = "/v2/" + path, .headers = {}, .body = {}};
        if (!access_token.empty()) request.headers.add("Authorization", "Bearer " + access_token);
        if (!accept.empty()) request.headers.add("Accept", accept);
        return send("api", request);
    }

    // --- the browser ---
    http::Response open(std::string const& url, http::Form const* form = nullptr)
    {
        auto const parsed = http::parse_url(url);
        http::Request request{
            .method = form == nullptr ? "GET" : "POST", .target = parsed->target(), .headers = {}, .body = {}};
        if (auto const cookies = jar.header_for(*parsed); !cookies.empty()) request.headers.add("Cookie", cookies);
        if (form != nullptr) {
            request.headers.add("Content-Type", "application/x-www-form-urlencoded");
            request.body = to_text(*form);
        }
        auto response = send("idp", request);
        jar.store(*parsed, response.headers);
        at = url;
        return response;
    }
    // Follows redirects within the authorization server; the last answer, with `at` where it was.
    http::Response follow(std::string const& url, http::Form const* form = nullptr)
    {
        auto response = open(url, form);
        while (response.status == 303 && response.headers.get("location").starts_with("https://localhost:4001"))
            response = open(response.headers.get("location"));
        return response;
    }
    [[nodiscard]] static std::string hidden(std::string const& html, std::string const& name)
    {
        auto const mark = "name=\"" + name + "\" value=\"";
        auto const from = html.find(mark);
        if (from == std::string::npos) return {};
        return html.substr(from + mark.size(), html.find('"', from + mark.size()) - from - mark.size());
    }
    // Sends the form of a page with more fields.
    http::Response submit(http::Response const& page, http::Form const& fields)
    {
        http::Form form{{"request", hidden(page.body, "request")}, {"csrf", hidden(page.body, "csrf")}};
        for (auto const& [name, value] : fields.pairs()) form.add(name, value);
        auto const action = page.body.find("action=\"consent\"") != std::string::npos ? "/consent" : "/login";
        return follow("https://localhost:4001" + std::string(action), &form);
    }
    http::Response sign_in(http::Form const& request, std::string const& user = "normal")
    {
        auto const page = follow(link(request));
        if (page.status == 303) return page;  // signed in and agreed before
        auto const credentials = platform->user(user);
        return submit(page, {{"username", text_member(credentials, "username")},
                             {"password", text_member(credentials, "password")}});
    }
    // The whole way to the redirect to the client.
    std::string consent(http::Form const& request, std::string const& user = "normal",
                        std::string const& decision = "agree")
    {
        auto const page = sign_in(request, user);
        return (page.status == 303 ? page : submit(page, {{"decision", decision}})).headers.get("location");
    }
    [[nodiscard]] static http::Form parameters(std::string const& url)
    {
        return *http::parse_form(std::string_view(url).substr(std::min(url.find('?'), url.size() - 1) + 1));
    }
    std::string new_code(std::string const& user = "normal")
    {
        return parameters(consent(authorization_request(), user)).get("code");
    }
    Json new_tokens(std::string const& user = "normal")
    {
        return Json::parse(token(code_request(new_code(user))).body);
    }

    // --- evidence ---
    [[nodiscard]] Observation const& latest(std::string const& kind) const
    {
        for (auto at_end = transcript.all().rbegin(); at_end != transcript.all().rend(); ++at_end)
            if (at_end->kind == kind) return *at_end;
        throw std::runtime_error("no " + kind);
    }

    ManualClock clock{TimePoint(std::chrono::seconds(1'795'000'000))};
    Random random{1, "test"};
    Transcript transcript{clock};
    std::unique_ptr<Platform> platform;
    Json settings;
    http::Reply last;
    http::CookieJar jar;
    std::string at;
};

// The member `error` of an answer of the token endpoint.
inline std::string error_of(http::Response const& response)
{
    auto const json = parse_json(response.body, "answer");
    return json ? text_member(*json, "error") : "no JSON";
}

}  // namespace keur::mocks::test
