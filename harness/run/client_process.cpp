#include "harness/run/client_process.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <csignal>
#include <cstring>

namespace keur {

namespace {

std::string signal_name(int number)
{
    char const* const name = sigabbrev_np(number);
    return name == nullptr ? fmt::format("signal {}", number) : fmt::format("SIG{}", name);
}

}  // namespace

Result<void> ClientProcess::start(std::vector<std::string> const& command,
                                  std::map<std::string, std::string> const& extra)
{
    auto templates = options_.templates;
    for (auto const& [key, value] : extra) templates[key] = value;
    ProcessOptions start{.command = {}, .environment = options_.environment, .folder = options_.folder};
    for (auto const& word : command) {
        auto filled = fill_in(word, templates);
        if (!filled) return fail(filled);
        start.command.push_back(std::move(*filled));
    }
    for (auto const& [key, value] : options_.client.environment) {
        auto filled = fill_in(value, templates);
        if (!filled) return fail(filled);
        start.environment[key] = std::move(*filled);
    }
    ended_ = nullptr;
    flooded_.clear();
    Process::Events events{
        .on_stdout_line = [this](std::string const& line) { lines_.push_back(line); },
        .on_stderr_line = [this](std::string const& line) { record_output("stderr", line); },
        .on_flood = [this](std::string const& stream) { flooded_ = stream; },
        .on_exit = [this](ExitStatus const& status) { record_exit(status); },
    };
    auto process = Process::start(options_.loop, std::move(start), std::move(events));
    if (!process) return fail(process);
    process_ = std::move(*process);
    return {};
}

bool ClientProcess::await(std::function<bool()> const& done, std::chrono::nanoseconds limit)
{
    auto const start = std::chrono::steady_clock::now();
    options_.loop.run_until([&] { return done() || ended_ != nullptr || !flooded_.empty(); }, limit);
    options_.waited += std::chrono::steady_clock::now() - start;
    return done();
}

std::optional<std::string> ClientProcess::next_line()
{
    if (lines_.empty()) return std::nullopt;
    auto line = std::move(lines_.front());
    lines_.pop_front();
    return line;
}

void ClientProcess::set_aside_lines()
{
    while (auto const line = next_line()) record_output("stdout", *line);
}

void ClientProcess::write(std::string const& line)
{
    if (process_) process_->write(line + '\n');
}

void ClientProcess::close_input()
{
    if (process_) process_->close_input();
}

void ClientProcess::signal(int number)
{
    if (process_ && ended_ == nullptr) process_->signal(number);
}

void ClientProcess::record_output(std::string const& stream, std::string const& text)
{
    options_.transcript.add("client", "output", {{"stream", stream}, {"text", printable(text)}});
}

void ClientProcess::record_exit(ExitStatus const& status)
{
    Json fields = Json::object();
    if (status.status) fields["status"] = *status.status;
    if (status.signal) fields["signal"] = *status.signal;
    fields["by"] = status.by_keur ? "keur" : "itself";
    if (status.by_keur) fields["why"] = why_ended_;
    ended_ = &options_.transcript.add("client", "exit", std::move(fields));
}

std::string ClientProcess::last_words() const
{
    auto const& all = options_.transcript.all();
    for (auto seen = all.rbegin(); seen != all.rend(); ++seen)
        if (seen->kind == "output") return shortened(text_member(seen->fields, "text"), 200);
    return {};
}

Answer ClientProcess::without_answer(std::string const& awaited)
{
    if (!flooded_.empty()) {
        auto text = fmt::format("it wrote more than 1 MiB to {}", flooded_);
        end(text);
        return {Answer::Says::flooded, text, {}, ended_ == nullptr ? std::vector<int>{} : std::vector{ended_->id}};
    }
    if (ended_ == nullptr) {
        auto text = fmt::format("it did not answer {} within {} s", awaited,
                                std::chrono::duration<double>(options_.client.answer_limit).count());
        auto const& note = options_.transcript.add("keur", "note", {{"text", text}, {"whose", "client"}});
        return {Answer::Says::hung, std::move(text), {}, {note.id}};
    }
    if (auto const signal = ended_->fields.value("signal", 0); signal != 0)
        return {Answer::Says::crashed,
                fmt::format("it died of {} ({})", signal_name(signal), strsignal(signal)),
                {},
                {ended_->id}};
    auto const words = last_words();
    return {Answer::Says::refused,
            fmt::format("it ended with status {}{}{}", ended_->fields.value("status", 0),
                        words.empty() ? ", without a word" : ": ", words),
            {},
            {ended_->id}};
}

Answer ClientProcess::without_reply(Error const& error)
{
    constexpr std::chrono::milliseconds between{250};  // a connection breaks before the end of its process is seen
    await([] { return false; }, between);
    if (ended_ == nullptr && flooded_.empty()) {
        auto text = "its server does not answer: " + error.text();
        auto const& note = options_.transcript.add("keur", "note", {{"text", text}, {"whose", "client"}});
        return {Answer::Says::hung, std::move(text), {}, {note.id}};
    }
    auto answer = without_answer("a request to its server");
    if (answer.says == Answer::Says::refused) answer.says = Answer::Says::crashed;
    return answer;
}

void ClientProcess::end(std::string const& why)
{
    if (!process_) return;
    why_ended_ = why;
    auto const left = process_->end();
    if (ended_ == nullptr) await([] { return false; }, std::chrono::seconds(2));  // its end is still to be told
    set_aside_lines();
    if (left > 0)
        options_.transcript.add(
            "keur", "note",
            {{"text", fmt::format("{} processes it had started were still running and were ended", left)},
             {"whose", "client"}});
    process_.reset();
}

}  // namespace keur
