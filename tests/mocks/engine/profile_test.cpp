#include "tests/mocks/play.h"

#include "protocol/base/file.h"
#include "tests/places.h"

#include <filesystem>
#include <fstream>

namespace keur::mocks::test {

namespace {

// The error of loading Loket's profile with one text replaced by another.
Error error_with(std::string const& what, std::string const& by)
{
    auto text = *read_file(tests::source_folder() / "mocks/loket/profile.yaml");
    auto const at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error("the profile has no " + what);
    text.replace(at, what.size(), by);
    auto const file = std::filesystem::temp_directory_path() / "keur-profile-test.yaml";
    if (!write_file(file, text)) throw std::runtime_error("cannot write");
    auto const loaded = load_profile(file);
    std::filesystem::remove(file);
    if (loaded) throw std::runtime_error("it loaded");
    return loaded.error();
}

Result<void> switched(std::string const& path, std::string const& value)
{
    return check_switch(loket(), path, yaml(value));
}

}  // namespace

TEST(Profile, HasPartiesFlowsUsersAndEndpoints)
{
    EXPECT_EQ(loket().system, "loket");
    EXPECT_EQ(loket().parties, (std::vector<std::string>{"idp", "api"}));
    for (auto const* flow : {"sign-in", "call", "refresh", "calls-at-once", "list-all"})
        EXPECT_TRUE(loket().flows.contains(flow)) << flow;
    for (auto const* user : {"normal", "web-service", "blocked", "no-employer", "few-rights"})
        EXPECT_NE(std::ranges::count(known_users(loket()), user), 0) << user;
    EXPECT_EQ(known_endpoints(loket()),
              (std::vector<std::string>{"authorize", "login", "consent", "token", "employers", "employers-minimized",
                                        "employees", "authorizations"}));
}

TEST(Profile, ListsItsSwitchesActsAndFaults)
{
    auto const switches = known_switches(loket());
    EXPECT_NE(std::ranges::find(switches, "refresh.rotation", &SwitchInfo::path), switches.end());
    auto const acts = known_acts(loket());
    for (auto const* act : {"withdraw-consent", "revoke-refresh-token", "rotate-secret", "withdraw-client",
                            "expire-access-token", "change-data", "remove-activity"})
        EXPECT_NE(std::ranges::find(acts, act, &ActInfo::name), acts.end()) << act;
    auto const faults = known_faults();
    for (auto const* fault : {"callback", "certificate", "not-json", "tls"})
        EXPECT_NE(std::ranges::find(faults, fault, &FaultInfo::name), faults.end()) << fault;
}

TEST(Profile, SaysWhereItIsWrong)
{
    for (auto const& [what, by, complaint] : std::vector<std::tuple<std::string, std::string, std::string>>{
             {"party: idp, path: /authorize", "party: idq, path: /authorize", "idq"},
             {"name: authorize, party", "name: authorise, party", "authorise"},
             {"path: /token", "path: token", "token"},
             {"refresh.rotation: keep", "refresh.rotation: sometimes", "sometimes"},
             {"refresh.rotation: keep", "refresh.rotations: keep", "refresh.rotation"},
             {"code.lifetime: 60s", "code.lifetime: 60", "60"},
             {"status: withdrawn", "status: gone", "gone"},
             {"agree: Toestaan", "agrees: Toestaan", "agrees"},
             {"username: bas.duinker", "user: bas", "user"},
             {"rights: [inzage-werkgevers], employers: all", "rights: [inzage], employers: all", "inzage"},
             {"title: Loket.nl REST API", "title: [x]", "list"},
             {"token_type: bearer", "token-type: bearer", "token-type"},
             {"api-versions:", "api-version:", "api-version"}}) {
        auto const error = error_with(what, by);
        EXPECT_NE(error.text().find(complaint), std::string::npos) << error.text();
        EXPECT_NE(error.where.find("keur-profile-test.yaml:"), std::string::npos) << error.text();
    }
}

TEST(Profile, SaysThatAFileIsMissing)
{
    EXPECT_FALSE(load_profile("/no/such/profile.yaml"));
}

TEST(Switch, TakesWhatIsAllowedAndListsItOtherwise)
{
    EXPECT_TRUE(switched("refresh.rotation", "rotate"));
    EXPECT_TRUE(switched("access-token.lifetime", "2m"));
    EXPECT_TRUE(switched("api.page-size", "2"));
    EXPECT_TRUE(switched("api.obsolete-date", "-30d"));
    EXPECT_TRUE(switched("client-authentication.methods", "[basic]"));
    for (auto const& [path, value, hint] : std::vector<std::tuple<std::string, std::string, std::string>>{
             {"refresh.rotation", "never", "overlap"},
             {"refresh.rotation", "[keep]", "test.yaml:1:1"},
             {"access-token.lifetime", "-1s", "0s"},
             {"api.page-size", "0", "1 to 1000"},
             {"api.page-size", "ten", "number"},
             {"api.obsolete-date", "soon", "none"},
             {"consent.remembered", "maybe", "yes"},
             {"client-authentication.methods", "[fax]", "body"},
             {"refresh.rotatoin", "keep", "refresh.rotation"}}) {
        auto const result = switched(path, value);
        ASSERT_FALSE(result) << path << ' ' << value;
        EXPECT_NE(result.error().text().find(hint), std::string::npos) << result.error().text();
    }
}

TEST(Platform, IsNotMadeWithAWrongSwitchOrFault)
{
    ManualClock clock{TimePoint{}};
    Random random(1, "test");
    Transcript transcript(clock);
    PlatformOptions options;
    options.overrides.emplace_back("no.such", yaml("x"));
    EXPECT_FALSE(Platform::create(loket(), options, clock, random, transcript));
    options.overrides.clear();
    options.faults.push_back({"no-such", yaml("x")});
    EXPECT_FALSE(Platform::create(loket(), options, clock, random, transcript));
}

}  // namespace keur::mocks::test
