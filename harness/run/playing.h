#pragma once

#include "evidence/transcript.h"
#include "harness/process/scenario_clock.h"
#include "harness/run/driver.h"
#include "harness/run/play.h"
#include "harness/run/stage.h"
#include "harness/user/user_agent.h"
#include "protocol/base/file.h"
#include "protocol/base/random.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keur {

// One performance: everything that lives from the first listener to the last verdict.
class Playing {
public:
    Playing(ScenarioCase const& play, Client const& client, ControlOutcome const& control, std::uint64_t seed,
            Workplace const& workplace, ScenarioResult& result)
        : play_(play),
          client_(client),
          control_(control),
          workplace_(workplace),
          result_(result),
          random_(seed, play.name() + '/' + client.name)
    {
    }

    Result<void> perform(RuleBook const& rules);
    [[nodiscard]] bool client_is_lost() const { return last_.is_lost() || !not_started_.empty(); }

private:
    Result<void> set_up();
    Result<void> write_settings();
    Result<void> write_client_certificate();
    void tell_client_certificate(Json& settings) const;
    UserAgent::Options user_options();
    void start_client();
    void carry_out(Step const& step);
    void client_step(Step const& step);
    void user_step(Step const& step);
    void party_step(Step const& step);
    void tell(Observation const& notice);
    void move_clock(std::chrono::milliseconds by);
    void open_link();
    void open_link_again();
    void arrive(Result<UserAgent::Journey> const& journey);
    void record_delivery(oauth::Callback const& callback);
    void deliver_again(oauth::Callback const& callback);
    void take(Answer answer);
    void fault_of(std::string whose, std::string text);
    void carry_out_all(bool whatever_the_client_says);
    // Puts the server of the fault `tls` right when the client refused it.
    [[nodiscard]] bool needs_the_twin() const;
    // Plays the flow once more, on the same ports.
    void meet_the_twin(Conduct& conduct);
    void settle();
    void finish();
    void record();
    [[nodiscard]] Conduct conduct() const;
    void judge(RuleBook const& rules, Transcript const& seen, Conduct const& conduct);

    ScenarioCase const& play_;
    Client const& client_;
    ControlOutcome const& control_;
    Workplace const& workplace_;
    ScenarioResult& result_;
    Random random_;

    std::optional<TemporaryFolder> folder_;
    std::optional<ScenarioClock> clock_;
    std::optional<Transcript> transcript_;
    std::unique_ptr<Stage> stage_;
    std::unique_ptr<net::HttpClient> browser_;
    std::unique_ptr<UserAgent> user_;
    std::unique_ptr<Driver> driver_;
    std::map<std::string, std::string> templates_;
    std::string redirect_uri_;

    std::chrono::nanoseconds waited_{0};
    std::string link_;               // that the client asked to open
    std::string opened_link_;        // that was opened last
    std::string linked_for_;         // the action it gave the link for
    std::string told_;               // the action it was told last
    oauth::Callback last_callback_;  // that was delivered to it
    Answer last_;                    // its last answer
    bool acted_ = false;
    bool clock_moved_ = false;
    bool abandoned_ = false;
    std::string keur_fault_;  // what keur itself could not do
    std::string not_started_;
    std::vector<std::string> steps_left_out_;
};

}  // namespace keur
