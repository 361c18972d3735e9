#include "harness/run/client_check.h"

#include "harness/run/play.h"
#include "harness/run/told_address.h"
#include "protocol/base/file.h"
#include "protocol/x509/authority.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur {

namespace {

Step client_step(std::string what)
{
    Step step;
    step.actor = "client";
    step.what = std::move(what);
    step.where = "client check";
    return step;
}

// Nobody answers at the token endpoint or, where the settings tell the way to the metadata only, at the issuer. (Port 2:
// some clients ask nothing at all of other small ports.)
void close_server(ScenarioCase& play, mocks::Profile const& profile)
{
    constexpr auto nobody = "https://localhost:2";
    if (told_in(profile, "token").empty())
        play.client_settings = {{"issuer", nobody},
                                {"metadata_endpoint", fmt::format("{}/.well-known/openid-configuration", nobody)}};
    else
        play.faults = {{.name = "closed-port", .argument = parse_yaml("at: token", "client check").value_or(Yaml{})}};
}

// One thing to try. The flow is played with `spoil` applied; the verdict of `demand` says how it went.
struct Trial {
    std::string_view what;
    std::string_view demand;
    bool with_foreign_ca;
    void (*spoil)(ScenarioCase&, mocks::Profile const&);
    std::string_view remedy;
};
constexpr std::array trials{
    Trial{"a wrong password", "client: survives", false,
          [](ScenarioCase& play, mocks::Profile const&) { play.mistypes_password = true; },
          "the user never comes back; the client must stay up until its input ends"},
    Trial{"a made-up action", "client: succeeds", false,
          [](ScenarioCase& play, mocks::Profile const&) { play.steps = {client_step("brew-tea")}; },
          "answer {\"unsupported\":\"brew-tea\"} (exit 89) to an action it does not know"},
    Trial{"a CA that signed nothing", "client: refuses", true, [](ScenarioCase&, mocks::Profile const&) {},
          "it must trust the CA file it is given and no other; see `environment` in client.yaml"},
    Trial{"an endpoint nobody serves", "client: refuses", false, close_server,
          "answer {\"refused\":\"…\"} when a connection fails"},
    Trial{"a client id nobody knows", "client: refuses", false,
          [](ScenarioCase& play, mocks::Profile const&) {
              play.client_settings = {{"client_id", "nobody"}, {"machine", {{"client_id", "nobody"}}}};
          },
          "take client_id from KEUR_SETTINGS, and answer refused when the server says no"},
};

class Checker {
public:
    Checker(Client const& client, Catalogue const& catalogue) : client_(client), catalogue_(catalogue) {}

    Result<std::vector<CheckLine>> check()
    {
        if (auto ready = make_ready(); !ready) return fail(ready);
        std::vector<CheckLine> lines;
        ScenarioCase const* first = nullptr;
        for (auto const& control : catalogue_.controls) {
            if (!control.profile.empty() || !knows(control)) continue;
            if (first == nullptr || control.flow == "sign-in") first = &control;
            auto const verdict = judged(control, false);
            lines.push_back({verdict.outcome == Outcome::pass, fmt::format("{}: {}", control.system, control.flow),
                             verdict.outcome == Outcome::pass
                                 ? "works when nothing is wrong"
                                 : fmt::format("{}; its steps are in keur list flows, its messages in the report of "
                                               "keur run -k {}",
                                               verdict.because, control.flow)});
        }
        if (first == nullptr)
            return fail(client_.where, "its client.yaml names no flow of a system that is known here",
                        "see keur list systems");
        if (lines.empty() || !std::ranges::all_of(lines, &CheckLine::well)) return lines;
        for (auto const& trial : trials) lines.push_back(tried(trial, *first));
        return lines;
    }

private:
    [[nodiscard]] bool knows(ScenarioCase const& control) const
    {
        return std::ranges::find(client_.systems, control.system) != client_.systems.end() &&
               std::ranges::find(client_.flows, control.flow) != client_.flows.end();
    }

    Result<void> make_ready()
    {
        auto folder = TemporaryFolder::create();
        if (!folder) return fail(folder);
        folder_.emplace(std::move(*folder));
        auto certificates = Certificates::make();
        if (!certificates) return fail(certificates);
        certificates_ = std::move(*certificates);
        auto const foreign = x509::make_authority(SystemClock().now());
        if (!foreign) return fail(foreign);
        for (auto const& [file, text] :
             {std::pair{"ca.pem", certificates_.ca_pem}, std::pair{"foreign.pem", foreign->certificate.pem()},
              std::pair{"server.pem", certificates_.server_pem}, std::pair{"server.key", certificates_.server_key_pem}})
            if (auto written = write_file(folder_->path() / file, text); !written) return written;
        return {};
    }

    Verdict judged(ScenarioCase const& play, bool with_foreign_ca)
    {
        Workplace const workplace{.loop = loop_,
                                  .certificates = certificates_,
                                  .systems = catalogue_.systems,
                                  .folder = folder_->path(),
                                  .ca_file = folder_->path() / (with_foreign_ca ? "foreign.pem" : "ca.pem"),
                                  .bin = own_folder()};
        auto const done = perform(play, client_, {}, catalogue_.rules, 1, workplace);
        return done.result.verdicts.empty() ? Verdict{} : done.result.verdicts.front();
    }

    CheckLine tried(Trial const& trial, ScenarioCase const& control)
    {
        auto play = control;
        play.control = false;
        auto const demand = parse_yaml(trial.demand, "client check");
        auto expectation =
            demand ? Expectation::compile(*demand, "client-check", false) : Result<Expectation>(fail(demand));
        if (!expectation) return {false, std::string(trial.what), expectation.error().text()};
        play.expectations = {std::move(*expectation)};
        trial.spoil(play, catalogue_.systems.at(play.system));
        auto const verdict = judged(play, trial.with_foreign_ca);
        bool const made_up = trial.what == "a made-up action";
        bool const well = verdict.outcome == (made_up ? Outcome::unsupported : Outcome::pass);
        auto text = verdict.seen.empty() ? verdict.because : verdict.seen;
        if (made_up && well) text = "it says that it knows no such action";
        return {well, std::string(trial.what), well ? text : fmt::format("{}; {}", text, trial.remedy)};
    }

    Client const& client_;
    Catalogue const& catalogue_;
    net::Loop loop_;
    std::optional<TemporaryFolder> folder_;
    Certificates certificates_;
};

}  // namespace

Result<std::vector<CheckLine>> check_client(Client const& client, Catalogue const& catalogue)
{
    return Checker(client, catalogue).check();
}

}  // namespace keur
