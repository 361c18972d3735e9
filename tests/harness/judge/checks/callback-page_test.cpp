#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

constexpr auto callback = "http://localhost:4000/back?code=c-1&state=s";

// A web application that gets a callback.
struct CallbackPage : testing::Test {
    Staged stage;

    CallbackPage() { stage.add("user", "deliver", {{"url", callback}, {"query", {{"code", "c-1"}}}}); }
    void answered(Json const& more, std::string const& html = {})
    {
        Json fields{{"url", callback}, {"query", {{"code", "c-1"}}}, {"header", Json::object()}};
        fields.update(more);
        stage.add("user", "navigate", std::move(fields));
        if (!html.empty()) stage.add("user", "page", {{"url", callback}, {"html", html}});
    }
    [[nodiscard]] Says says() const { return asked("callback-page", stage); }
};

TEST_F(CallbackPage, MayLeadOn)
{
    answered({{"status", 303}, {"location", "/"}});
    EXPECT_EQ(says(), Says::kept);
}

TEST_F(CallbackPage, MayBeShownWhenNoOtherSiteLearnsOfIt)
{
    answered({{"status", 200}, {"header", {{"referrer-policy", "no-referrer"}}}}, "<img src=/logo.png>");
    EXPECT_EQ(says(), Says::kept);
}

TEST_F(CallbackPage, IsNotShownWithTheCodeInItsAddress)
{
    answered({{"status", 200}}, "<p>Signed in</p>");
    EXPECT_EQ(says(), Says::broken);
}

TEST_F(CallbackPage, LoadsNothingFromElsewhere)
{
    Json const discreet{{"status", 200}, {"header", {{"referrer-policy", "no-referrer"}}}};
    answered(discreet, "<img src=\"http://localhost:4000/logo.png\">");
    EXPECT_EQ(says(), Says::kept);
    answered(discreet, "<script async src='//statistics.example/count.js'></script>");
    EXPECT_EQ(says(), Says::broken);
}

struct PolicyRow {
    std::string_view header;
    std::string_view markup;
    Says says;
};
class PolicyOfACallbackPage : public CallbackPage, public testing::WithParamInterface<PolicyRow> {};

TEST_P(PolicyOfACallbackPage, IsReadAsBrowsersReadIt)
{
    auto const& [header, markup, expected] = GetParam();
    answered({{"status", 200}, {"header", {{"referrer-policy", header}}}}, "<title>In</title>" + std::string(markup));
    EXPECT_EQ(says(), expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, PolicyOfACallbackPage,
    testing::Values(PolicyRow{"No-Referrer", "", Says::kept},
                    PolicyRow{"no-referrer, strict-origin-when-cross-origin", "", Says::kept},
                    PolicyRow{"unsafe-url, same-origin", "", Says::kept},
                    PolicyRow{"no-referrer, unsafe-url", "", Says::broken},
                    PolicyRow{"no-referrer, some-policy-of-tomorrow", "", Says::kept},
                    PolicyRow{"some-policy-of-tomorrow", "", Says::broken},
                    PolicyRow{"no-referrer\nunsafe-url", "", Says::broken},
                    PolicyRow{"unsafe-url\n origin ", "", Says::kept},
                    PolicyRow{"", "<meta name=Referrer content=' NO-REFERRER '>", Says::kept},
                    PolicyRow{"", "<meta name=referrer content=never>", Says::kept},
                    PolicyRow{"", "<!-- <meta name=referrer content=no-referrer> -->", Says::broken},
                    PolicyRow{"no-referrer", "<meta name=referrer content=always>", Says::broken},
                    PolicyRow{"no-referrer", "<meta name=referrer content=nonsense>", Says::kept}));

struct MarkupRow {
    std::string_view markup;
    Says says;
};
class MarkupOfACallbackPage : public CallbackPage, public testing::WithParamInterface<MarkupRow> {};

TEST_P(MarkupOfACallbackPage, LoadsWhatBrowsersGetByThemselves)
{
    auto const& [markup, expected] = GetParam();
    answered({{"status", 200}, {"header", {{"referrer-policy", "no-referrer"}}}}, std::string(markup));
    EXPECT_EQ(says(), expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, MarkupOfACallbackPage,
    testing::Values(MarkupRow{"<link rel=canonical href=https://other.example/>", Says::kept},
                    MarkupRow{"<link rel='next license' href=https://other.example/>", Says::kept},
                    MarkupRow{"<link rel='Alternate StyleSheet' href=https://other.example/a.css>", Says::broken},
                    MarkupRow{"<link rel='shortcut icon' href=//other.example/a.ico>", Says::broken},
                    MarkupRow{"<link href=https://other.example/a.js as=script rel=preload>", Says::broken},
                    MarkupRow{"<a href=https://other.example/>on</a>", Says::kept},
                    MarkupRow{"<!-- <img src=https://other.example/a.png> -->", Says::kept},
                    MarkupRow{"<script>var picture = '<img src=https://other.example/a.png>'</script>", Says::kept},
                    MarkupRow{"<img srcset='/a.png 1x, https://other.example/a.png 2x'>", Says::broken},
                    MarkupRow{"<style>@import 'https://other.example/a.css';</style>", Says::broken},
                    MarkupRow{"<p style='background: url( \"//other.example/a.png\" )'>", Says::broken},
                    MarkupRow{"<p>url(https://other.example/a.png)", Says::kept},
                    MarkupRow{"<base href=https://other.example/><img src=a.png>", Says::broken},
                    MarkupRow{"<img src=data:image/png;base64,AAAA>", Says::kept},
                    MarkupRow{"<object data=https://other.example/a.pdf></object>", Says::broken}));

TEST_F(CallbackPage, SaysNothingOfAClientThatServesNoPages)
{
    EXPECT_EQ(says(), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
