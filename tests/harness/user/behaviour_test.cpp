#include "harness/user/behaviour.h"

#include <gtest/gtest.h>

namespace keur::browser {
namespace {

constexpr auto sign_in = R"(<title>Inloggen</title><form method=post action=/login><input type=hidden name=csrf value=1>
    <input name=username><input type=password name=password><button>Inloggen</button></form>)";
constexpr auto consent = R"(<title>Toestemming</title><form method=post action=/consent><button name=answer value=no>
    Weigeren</button><button name=answer value=yes>Toestaan</button></form>)";
constexpr auto form_post = R"html(<body onload="document.forms[0].submit()"><form method=post
    action="https://localhost:7000/callback"><input type=hidden name=code value=c&amp;1><input type=hidden name=state
    value=s></form>)html";

// One user and what it does with pages of the authorization server at port 8443; the client is at port 7000.
class BehaviourTest : public testing::Test {
protected:
    Page page(std::string const& body, int status = 200, std::string const& url = "https://localhost:8443/page")
    {
        return parse_page(*http::parse_url(url), {.status = status, .body = body});
    }
    Deed deed(Page const& seen)
    {
        auto const done = behaviour.act(seen);
        EXPECT_TRUE(done) << done.error().text();
        return done.value_or(Deed{});
    }
    static bool is_done(Deed const& deed) { return !deed.next && deed.callback.empty() && !deed.abandons; }

    UserAgent::Options options{.credentials = {{"username", "jan"}, {"password", "geheim"}},
                               .agree_label = "Toestaan",
                               .refuse_label = "Weigeren",
                               .callback_prefix = "https://localhost:7000/callback"};
    Behaviour behaviour{options};
};

TEST_F(BehaviourTest, SignsIn)
{
    auto const done = deed(page(sign_in));
    ASSERT_TRUE(done.next);
    EXPECT_EQ(done.next->method, "POST");
    EXPECT_EQ(done.next->to.path, "/login");
    EXPECT_EQ(done.next->form, (http::Form{{"csrf", "1"}, {"username", "jan"}, {"password", "geheim"}}));
}

TEST_F(BehaviourTest, FillsInWhatItKnowsOnPagesWithoutAPassword)
{
    options.credentials["otp"] = "123456";
    auto const done = deed(page("<form><input name=otp><input name=remark value=x><button>Verder</button></form>"));
    ASSERT_TRUE(done.next);
    EXPECT_EQ(done.next->to.target(), "/page?otp=123456&remark=x");
}

TEST_F(BehaviourTest, FillsInASignInPageOnlyOnce)
{
    deed(page(sign_in));
    auto const again = behaviour.act(page(std::string("<p>Onjuist wachtwoord</p>") + sign_in));
    ASSERT_FALSE(again);
    EXPECT_EQ(
        again.error().text(),
        "https://localhost:8443/page: the sign-in page came back after the user had filled it in: 'Onjuist wachtwoord "
        "Inloggen'; check this user's name and password in the system's profile");
}

TEST_F(BehaviourTest, SaysWhichPasswordItDoesNotHave)
{
    auto const done = behaviour.act(page("<form><input name=username><input type=password name=pincode></form>"));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().what,
              "the sign-in form asks for a password in its field 'pincode', and the user has none for it");
}

TEST_F(BehaviourTest, AgreesRefusesOrWalksAway)
{
    auto const agreed = deed(page(consent));
    ASSERT_TRUE(agreed.next);
    EXPECT_EQ(agreed.next->form, (http::Form{{"answer", "yes"}}));
    options.consent = Consent::refuse;
    auto const refused = deed(page(consent));
    ASSERT_TRUE(refused.next);
    EXPECT_EQ(refused.next->form, (http::Form{{"answer", "no"}}));
    options.consent = Consent::abandon;
    auto const left = deed(page(consent));
    EXPECT_TRUE(left.abandons);
    EXPECT_FALSE(left.next);
}

TEST_F(BehaviourTest, FindsTheButtonInAFormOfItsOwnWhateverItsCase)
{
    options.consent = Consent::refuse;
    auto const refused =
        deed(page("<form action=/yes><input type=submit value=Toestaan></form>"
                  "<form action=/no><input type=submit value=' WEIGEREN '></form>"));
    ASSERT_TRUE(refused.next);
    EXPECT_EQ(refused.next->to.path, "/no");
}

TEST_F(BehaviourTest, SignsInBeforeItWalksAway)
{
    options.consent = Consent::abandon;
    EXPECT_TRUE(deed(page(sign_in)).next);
    EXPECT_TRUE(deed(page(consent)).abandons);
}

TEST_F(BehaviourTest, SaysWhatItDoesNotUnderstand)
{
    auto const done =
        behaviour.act(page("<title>Extra</title><form><input name=birthday><button>Verder</button></form>"));
    ASSERT_FALSE(done);
    EXPECT_EQ(
        done.error().text(),
        "https://localhost:8443/page: the user does not know what to do with the form on page 'Extra': its fields are "
        "'birthday', its buttons 'Verder'; name the fields in the user's credentials, or label the button 'Toestaan'");
}

TEST_F(BehaviourTest, IsDoneWithErrorsAndPagesWithoutForms)
{
    EXPECT_TRUE(is_done(deed(page(sign_in, 403))));
    EXPECT_TRUE(is_done(deed(page("<p>Klaar</p>"))));
}

TEST_F(BehaviourTest, GivesTheClientsOwnPagesNoPassword)
{
    EXPECT_TRUE(is_done(deed(page(sign_in, 200, "https://localhost:7000/home"))));
}

TEST_F(BehaviourTest, LetsAPageSubmitItself)
{
    auto const done = deed(page(form_post));
    ASSERT_TRUE(done.next);
    EXPECT_EQ(done.next->method, "POST");
    EXPECT_EQ(done.next->to.text, "https://localhost:7000/callback");
    EXPECT_EQ(done.next->form, (http::Form{{"code", "c&1"}, {"state", "s"}}));
}

TEST_F(BehaviourTest, BringsNoCookiesForTheClientsOwnSiteWithAFormOfAnother)
{
    http::CookieJar jar;
    auto const client = *http::parse_url("https://localhost:7000/");
    jar.store(client, {{"Set-Cookie", "lax=1; SameSite=Lax"}, {"Set-Cookie", "none=2; SameSite=None; Secure"}});
    auto const done = deed(page(form_post));
    ASSERT_TRUE(done.next);
    EXPECT_EQ(request_for(*done.next, jar).headers.get("Cookie"), "none=2");
    auto const own = deed(page(form_post, 200, "https://localhost:7000/home"));
    ASSERT_TRUE(own.next);
    EXPECT_EQ(request_for(*own.next, jar).headers.get("Cookie"), "lax=1; none=2");
}

TEST_F(BehaviourTest, AltersACallbackThatIsPosted)
{
    options.on_callback = [](oauth::Callback const& callback) {
        return oauth::Callback{callback.url, callback.form->substr(0, callback.form->find("&state"))};
    };
    auto const done = deed(page(form_post));
    ASSERT_TRUE(done.next);
    EXPECT_EQ(done.next->form, (http::Form{{"code", "c&1"}}));
}

TEST_F(BehaviourTest, HandsOverACallbackThatIsPosted)
{
    options.stop_at = options.callback_prefix;
    EXPECT_EQ(deed(page(form_post)).callback, (oauth::Callback{options.stop_at, "code=c%261&state=s"}));
}

TEST_F(BehaviourTest, BringsAPostedAnswerInTheAddressWhenToldSo)
{
    options.on_callback = [](oauth::Callback const& callback) {
        return oauth::Callback{callback.url + "?" + *callback.form, {}};
    };
    auto const done = deed(page(form_post));
    ASSERT_TRUE(done.next);
    EXPECT_EQ(done.next->method, "GET");
    EXPECT_EQ(done.next->to.target(), "/callback?code=c%261&state=s");
}

}  // namespace
}  // namespace keur::browser
