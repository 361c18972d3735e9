#include "harness/run/client_process.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur {

namespace {

// One process for each action; its exit status is the answer.
class CommandDriver final : public Driver {
public:
    explicit CommandDriver(DriverOptions options) : options_(std::move(options)) {}

    Result<void> start() override { return {}; }

    Answer act(Json const& command) override
    {
        options_.transcript.add("client", "command", {{"message", command}});
        auto const times =
            command.contains("at-once") && command["at-once"].is_number_integer() ? command["at-once"].get<int>() : 1;
        return run(text_member(command, "do"), {{"operation", text_member(command, "operation")}},
                   std::clamp(times, 1, 16));
    }

    Answer callback(oauth::Callback const& callback) override
    {
        options_.transcript.add("client", "command", {{"message", told(callback)}});
        return run("callback", {{"callback", callback.url}, {"form", callback.form.value_or("")}}, 1);
    }

    std::optional<Answer> read(std::string const&, Page const&) override { return std::nullopt; }
    std::string origin() const override { return {}; }
    // Nothing of it runs between two actions.
    Answer silent(Error const& error) override
    {
        return {Answer::Says::hung, "no server of its own answers: " + error.text(), {}, {}};
    }
    std::optional<Answer> finish() override { return std::nullopt; }

private:
    // Starts the action's program `times` times at once and waits for all; the worst answer counts.
    Answer run(std::string const& action, std::map<std::string, std::string> const& extra, int times)
    {
        auto const found = options_.client.actions.find(action);
        if (found == options_.client.actions.end())
            return recorded(
                {Answer::Says::unsupported, fmt::format("its client.yaml has no action '{}'", action), {}, {}});
        std::vector<std::unique_ptr<ClientProcess>> processes;
        for (int i = 0; i < times; ++i) {
            processes.push_back(std::make_unique<ClientProcess>(options_));
            if (auto const started = processes.back()->start(found->second, extra); !started)
                return recorded({Answer::Says::error, started.error().text(), {}, {}});
            processes.back()->close_input();
        }
        Answer worst;
        for (auto const& process : processes) {
            auto answer = result_of(*process, action);
            if (worst.goes_on()) worst = std::move(answer);
        }
        return worst;
    }

    Answer result_of(ClientProcess& process, std::string const& action)
    {
        process.await([] { return false; }, options_.client.answer_limit);
        auto answer = process.without_answer(action);
        auto const first_line = process.next_line().value_or("");
        process.end("it ran longer than its answer limit");
        if (answer.says != Answer::Says::refused) return answer;
        bool const gives_link = action == "sign-in" || action == "hand-off";
        switch (process.ended()->fields.value("status", -1)) {
            case 0: answer.says = gives_link ? Answer::Says::open : Answer::Says::done; break;
            case 1: answer.says = Answer::Says::refused; break;
            case 89: answer.says = Answer::Says::unsupported; break;
            default: answer.says = Answer::Says::error; break;
        }
        if (answer.says == Answer::Says::open) answer.text = first_line;
        if (answer.says == Answer::Says::open && first_line.empty()) {
            answer.says = Answer::Says::misspoke;
            answer.text = fmt::format("its action '{}' ended well but printed no link on standard output", action);
        }
        return recorded(std::move(answer));
    }

    Answer recorded(Answer answer)
    {
        auto const& seen = options_.transcript.add(
            "client", "answer",
            {{"message", {{std::string(name(answer.says)), answer.text}}},
             {"says", answer.says == Answer::Says::misspoke ? "error" : std::string(name(answer.says))}});
        answer.evidence.push_back(seen.id);
        return answer;
    }

    DriverOptions options_;
};

}  // namespace

std::unique_ptr<Driver> command_driver(DriverOptions options)
{
    return std::make_unique<CommandDriver>(std::move(options));
}

}  // namespace keur
