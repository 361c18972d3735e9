#include "bench/bench.h"
#include "bench/stage.h"
#include "bench/yardstick.h"
#include "harness/user/user_agent.h"
#include "mocks/engine/platform.h"
#include "protocol/http/cookie.h"
#include "protocol/http/form.h"
#include "protocol/jose/jws.h"
#include "protocol/x509/key.h"

#include <fmt/format.h>

namespace keur::bench {

namespace {

// Token requests of a refresh grant against the mock, as request → response. A platform is used for some hundred requests,
// as in a long scenario; its making is counted.
class TokenRequests {
public:
    TokenRequests(mocks::Profile const& profile, std::string const& algorithm)
        : profile_(profile), algorithm_(algorithm)
    {
        renew();
    }

    void one()
    {
        if (++used_ > most_) renew();
        auto const reply = platform_->handle("idp", request_, 1, true);
        if (reply.response.status != 200)
            throw std::runtime_error("the mock refused a refresh: " + reply.response.body);
    }

private:
    void renew();

    static constexpr int most_ = 200;
    mocks::Profile const& profile_;
    std::string algorithm_;
    SystemClock clock_;
    std::unique_ptr<Random> random_;
    std::unique_ptr<Transcript> transcript_;
    std::unique_ptr<mocks::Platform> platform_;
    http::Request request_;
    int used_ = 0;
};

Yaml scalar(std::string text)
{
    Yaml value;
    value.kind = Yaml::Kind::scalar;
    value.scalar = std::move(text);
    return value;
}

http::Request post(std::string target, http::Form const& form)
{
    return {.method = "POST",
            .target = std::move(target),
            .headers = {{"Host", "localhost:1"}, {"Content-Type", "application/x-www-form-urlencoded"}},
            .body = to_text(form)};
}

// Goes through login and consent as a browser would, and returns the refresh token.
std::string sign_in(mocks::Platform& platform, Json const& settings)
{
    http::CookieJar cookies;
    auto url = must(http::parse_url(http::with_parameters(text_member(settings, "authorization_endpoint"),
                                                          {{"response_type", "code"},
                                                           {"client_id", text_member(settings, "client_id")},
                                                           {"redirect_uri", text_member(settings, "redirect_uri")},
                                                           {"scope", "all"},
                                                           {"state", "bench-state-bench-state"}})));
    auto const user = platform.user("normal");
    http::Request request{.method = "GET", .target = url.target(), .headers = {}, .body = {}};
    for (int step = 0; step < 12; ++step) {
        request.headers.set("Host", "localhost:1");
        if (auto sent = cookies.header_for(url); !sent.empty()) request.headers.set("Cookie", std::move(sent));
        auto const response = platform.handle("idp", request, 1, true).response;
        cookies.store(url, response.headers);
        if (auto const location = response.headers.find("Location")) {
            url = must(http::resolve(url, *location));
            if (auto const query = must(http::parse_form(url.query)); query.has("code"))
                return text_member(
                    must(parse_json(
                        platform
                            .handle("idp",
                                    post("/token", {{"grant_type", "authorization_code"},
                                                    {"code", query.get("code")},
                                                    {"redirect_uri", text_member(settings, "redirect_uri")},
                                                    {"client_id", text_member(settings, "client_id")},
                                                    {"client_secret", text_member(settings, "client_secret")}}),
                                    1, true)
                            .response.body,
                        "bench")),
                    "refresh_token");
            request = {.method = "GET", .target = url.target(), .headers = {}, .body = {}};
            continue;
        }
        auto const page = parse_page(url, response);
        if (page.forms.empty()) throw std::runtime_error("a page without a form: " + page.text);
        auto form = page.forms.front().fields;
        for (auto const& [name, value] : user.items())
            if (form.has(name)) form.set(name, value.get<std::string>());
        for (std::size_t i = 0; i < page.forms.front().labels.size(); ++i)
            if (page.forms.front().labels[i] == text_member(platform.pages(), "agree") ||
                page.forms.front().labels.size() == 1)
                form.add(page.forms.front().buttons[i].first, page.forms.front().buttons[i].second);
        url = must(http::parse_url(page.forms.front().action));
        request = post(url.target(), form);
    }
    throw std::runtime_error("the sign-in went in circles");
}

}  // namespace

void TokenRequests::renew()
{
    used_ = 0;
    platform_.reset();
    random_ = std::make_unique<Random>(1, "bench");
    transcript_ = std::make_unique<Transcript>(clock_);
    mocks::PlatformOptions options{
        .origins = {{"idp", "https://localhost:1"},
                    {"api", "https://localhost:2"},
                    {"attacker", "https://127.0.0.1:3"}},
        .faults = {},
        .overrides = {{"access-token.format", scalar("jwt")}, {"access-token.algorithm", scalar(algorithm_)}},
        .redirect_uri = "https://app.keur.example/callback"};
    platform_ = must(mocks::Platform::create(profile_, std::move(options), clock_, *random_, *transcript_));
    auto const settings = platform_->client_settings();
    auto const refresh_token = sign_in(*platform_, settings);
    http::Form const form{{"grant_type", "refresh_token"},
                          {"refresh_token", refresh_token},
                          {"client_id", text_member(settings, "client_id")},
                          {"client_secret", text_member(settings, "client_secret")}};
    request_ = post("/token", form);
}

std::vector<Figure> token_endpoint()
{
    auto const catalogue = must_load();
    auto const& profile = catalogue.systems.at("loket");
    std::vector<Figure> figures;
    for (auto const& [algorithm, recipe, goal] :
         {std::tuple{"RS256", x509::KeyRecipe::rsa_2048, 0.8}, std::tuple{"ES256", x509::KeyRecipe::p256, 0.0}}) {
        TokenRequests requests(profile, algorithm);
        auto const [mock, raw] = rates([&] { requests.one(); }, raw_signing(recipe, 400));
        figures.push_back({.what = fmt::format("token requests of the mock, {}", algorithm),
                           .measured = fmt::format("{:.0f} /s", mock),
                           .against = fmt::format("OpenSSL signs {:.0f} /s", raw),
                           .ratio = fmt::format("{:.2f}", mock / raw),
                           .goal = goal > 0 ? fmt::format("{:.1f}", goal) : "",
                           .met = mock / raw >= goal});
    }
    return figures;
}

}  // namespace keur::bench
