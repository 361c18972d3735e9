#include "harness/run/client_process.h"
#include "protocol/base/encoding.h"

namespace keur {

namespace {

// JSON lines on standard input and output; one process for the whole scenario.
class AdapterDriver final : public Driver {
public:
    explicit AdapterDriver(DriverOptions options) : options_(std::move(options)), process_(options_) {}

    Result<void> start() override { return process_.start(options_.client.start); }

    Answer act(Json const& command) override
    {
        process_.set_aside_lines();
        options_.transcript.add("client", "command", {{"message", command}});
        process_.write(to_line(command));
        process_.await([&] { return process_.has_line(); }, options_.client.answer_limit);
        auto const line = process_.next_line();
        if (!line)
            return process_.without_answer(command.begin().key() == "do" ? text_member(command, "do") : "callback");
        auto answer = read_answer(*line);
        auto const& seen = options_.transcript.add(
            "client", "answer",
            {{"message", answer.message.is_null() ? Json(excerpt(*line, 4096)) : answer.message},
             {"says", answer.says == Answer::Says::misspoke ? "error" : std::string(name(answer.says))}});
        answer.evidence = {seen.id};
        return answer;
    }

    Answer callback(oauth::Callback const& callback) override { return act(told(callback)); }
    std::optional<Answer> read(std::string const&, Page const&) override { return std::nullopt; }
    std::string origin() const override { return {}; }
    Answer silent(Error const& error) override { return process_.without_reply(error); }

    std::optional<Answer> finish() override
    {
        constexpr std::chrono::seconds grace{2};
        process_.close_input();
        process_.await([] { return false; }, grace);
        bool const by_itself = process_.ended() != nullptr;
        process_.end("it did not end when its input ended");
        if (!by_itself || !process_.ended()->fields.contains("signal")) return std::nullopt;
        return process_.without_answer("the end of its input");
    }

private:
    DriverOptions options_;
    ClientProcess process_;
};

}  // namespace

std::unique_ptr<Driver> adapter_driver(DriverOptions options)
{
    return std::make_unique<AdapterDriver>(std::move(options));
}

}  // namespace keur
