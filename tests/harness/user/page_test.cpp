#include "harness/user/user_agent.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keur {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;
using Texts = std::vector<std::string>;

Page page(std::string body, std::string type = "text/html; charset=utf-8")
{
    auto const url = http::parse_url("https://localhost:8443/login/step?x=1#top");
    return parse_page(*url, {.status = 200, .headers = {{"Content-Type", std::move(type)}}, .body = std::move(body)});
}

Page::Form form(std::string const& content)
{
    auto const forms = page("<form>" + content + "</form>").forms;
    return forms.empty() ? Page::Form{} : forms[0];
}

TEST(Page, HasTitleAndVisibleText)
{
    auto const seen = page(R"(<html><head><title> Sign
        in </title><style>p {color: red}</style></head><body><script>var x = "<p>no</p>";</script>
        <h1>Wel<b>kom</b></h1><p>bij&nbsp; &eacute;&eacute;n <!-- no --></p><ul><li>a<li>b</ul>
        <template><p>no</p></template><div hidden><div>no</div> no</div>end</body></html>)");
    EXPECT_EQ(seen.title, "Sign in");
    EXPECT_EQ(seen.text, "Welkom bij één a b end");
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.url.path, "/login/step");
}

TEST(Page, OfAnotherTypeIsItsText)
{
    auto const seen = page("{\"a\": \"<form>\"}\n", "application/json");
    EXPECT_EQ(seen.text, "{\"a\": \"<form>\"}");
    EXPECT_TRUE(seen.forms.empty());
}

TEST(Page, HasFormsWithTheValuesABrowserWouldSend)
{
    auto const seen = form(R"(
        <input type=hidden name=csrf value="a&amp;b"><input name=user value=jan><input type=password name=pass>
        <input type=checkbox name=stay><input type=checkbox name=terms checked><input type=checkbox name=v value=1 CHECKED>
        <input type=radio name=size value=s><input type=radio name=size value=m checked>
        <select name=country><option value=nl>Nederland<option value=be selected>Belgi&euml;</select>
        <select name=first><option disabled>choose<option>one</option><option>two</option></select>
        <select name=many multiple><option selected>x<option>y<option selected>z</select><select name=none multiple><option>n</select>
        <textarea name=note>
two
lines &lt;b></textarea><input name=off value=1 disabled><fieldset disabled><input name=also-off></fieldset>
        <input value=nameless><input type=button name=b value=b><input type=reset name=r><input type=file name=f>)");
    EXPECT_EQ(seen.fields.pairs(), (Fields{{"csrf", "a&b"},
                                           {"user", "jan"},
                                           {"pass", ""},
                                           {"terms", "on"},
                                           {"v", "1"},
                                           {"size", "m"},
                                           {"country", "be"},
                                           {"first", "one"},
                                           {"many", "x"},
                                           {"many", "z"},
                                           {"note", "two\nlines <b>"}}));
    EXPECT_EQ(seen.password_field, "pass");
    EXPECT_EQ(seen.visible.front(), "user");
    EXPECT_EQ(std::ranges::count(seen.visible, "csrf"), 0);
}

TEST(Page, HasButtonsWithTheirLabels)
{
    auto const seen = form(R"(<button name=answer value=yes> <b>Toe</b>staan </button><button type=button>Help</button>
        <input type=submit name=answer value=Weigeren><input type=submit><button type=submit aria-label=Icon><img></button>
        <input type=image alt=Picture>)");
    EXPECT_EQ(seen.labels, (Texts{"Toestaan", "Weigeren", "Submit", "Icon", "Picture"}));
    EXPECT_EQ(seen.buttons[0], (std::pair<std::string, std::string>{"answer", "yes"}));
    EXPECT_EQ(seen.buttons[1], (std::pair<std::string, std::string>{"answer", "Weigeren"}));
    EXPECT_EQ(seen.buttons[2].first, "");
    EXPECT_TRUE(seen.fields.pairs().empty());
}

TEST(Page, ResolvesAddresses)
{
    auto const seen =
        page(R"html(<form action="next?a=1#part" method=POST></form><form></form><form action="javascript:x()">
        </form><a href="/out">Log <i>out</i></a><a href="mailto:a@b">mail</a><a name=x>no link</a>)html");
    EXPECT_EQ(seen.forms[0].action, "https://localhost:8443/login/next?a=1");
    EXPECT_EQ(seen.forms[0].method, "post");
    EXPECT_EQ(seen.forms[1].action, "https://localhost:8443/login/step?x=1");
    EXPECT_EQ(seen.forms[1].method, "get");
    EXPECT_EQ(seen.forms[2].action, "javascript:x()");
    EXPECT_EQ(seen.links, (Fields{{"Log out", "https://localhost:8443/out"}, {"mail", "mailto:a@b"}}));
}

TEST(Page, ResolvesAgainstItsBase)
{
    auto const seen = page("<base href=/other/><base href=/late/><form action=x></form><form></form><a href=y>y</a>");
    EXPECT_EQ(seen.forms[0].action, "https://localhost:8443/other/x");
    EXPECT_EQ(seen.forms[1].action, "https://localhost:8443/login/step?x=1");  // an empty action is the page itself
    EXPECT_EQ(seen.links[0].second, "https://localhost:8443/other/y");
}

TEST(Page, PutsControlsIntoTheFormTheyName)
{
    auto const seen = page(R"(<input name=early form=two value=1><form id=one><input name=a form=two><input name=b
        form=nowhere><form id=nested><input name=c></form><input name=outside><form id=two></form>)");
    ASSERT_EQ(seen.forms.size(), 2U);
    EXPECT_EQ(seen.forms[0].fields.pairs(), (Fields{{"c", ""}}));
    EXPECT_EQ(seen.forms[1].fields.pairs(), (Fields{{"early", "1"}, {"a", ""}}));
}

TEST(Page, SaysWhenItSubmitsItself)
{
    EXPECT_TRUE(page("<body onload='document.forms[0].submit()'><form></form>").submits_itself);
    EXPECT_TRUE(page("<form></form><script>document.forms[0].submit();</script>").submits_itself);
    EXPECT_FALSE(page("<form><input type=submit></form><p>submit()</p>").submits_itself);
}

TEST(Page, SurvivesHostileMarkup)
{
    std::string nested = "<title>deep</title>";
    for (int depth = 0; depth < 100'000; ++depth) nested += "<div hidden>";
    EXPECT_EQ(page(nested + "x").title, "deep");
    auto const unclosed = page(
        "<form action=a><button name=b>Toestaan<input name=c value=d><select name=e><option>f<textarea "
        "name=g>h");
    EXPECT_EQ(unclosed.forms[0].labels, Texts{"Toestaanf"});
    EXPECT_EQ(unclosed.forms[0].fields.pairs(), (Fields{{"c", "d"}, {"g", "h"}, {"e", "f"}}));
    EXPECT_EQ(page(std::string("<p>a\0b\xFF", 7)).text, "a\uFFFDb\uFFFD");
    EXPECT_EQ(page("").text, "");
}

TEST(Page, CountsOnlyItsFirstTwoMegabytes)
{
    std::string huge = "<form><input name=first>";
    while (huge.size() < (2U << 20U)) huge += "<p>filler</p>";
    auto const seen = page(huge + "<input name=last></form>");
    EXPECT_TRUE(seen.forms[0].fields.has("first"));
    EXPECT_FALSE(seen.forms[0].fields.has("last"));
}

}  // namespace
}  // namespace keur
