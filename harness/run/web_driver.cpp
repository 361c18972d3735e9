#include "harness/run/client_process.h"
#include "harness/user/navigation.h"
#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

namespace keur {

namespace {

// Says whether a page fits `{status: 200 | [..], text: …}`; text is looked for in what the user sees.
bool fits(Yaml const& wanted, Page const& page)
{
    auto const* status = wanted.find("status");
    auto const* text = wanted.find("text");
    auto const statuses =
        status == nullptr ? std::vector<std::string>{} : status->texts().value_or(std::vector<std::string>{});
    bool const status_fits =
        status == nullptr || std::ranges::find(statuses, std::to_string(page.status)) != statuses.end();
    return status_fits && (text == nullptr || page.text.find(text->scalar) != std::string::npos ||
                           page.title.find(text->scalar) != std::string::npos);
}

// A web application, started once and driven through its pages by the user agent.
class WebDriver final : public Driver {
    // Counts the time of `act` as spent waiting for the client.
    template <class Act>
    auto timed(Act const& act)
    {
        auto const start = std::chrono::steady_clock::now();
        auto result = act();
        options_.waited += std::chrono::steady_clock::now() - start;
        return result;
    }

public:
    explicit WebDriver(DriverOptions options)
        : options_(std::move(options)),
          process_(options_),
          origin_(fmt::format("{}://localhost:{}", options_.client.redirect_uri.starts_with("https") ? "https" : "http",
                              options_.templates.at("port")))
    {
    }

    Result<void> start() override
    {
        if (auto started = process_.start(options_.client.start); !started) return started;
        return await_ready();
    }

    Answer act(Json const& command) override
    {
        options_.transcript.add("client", "command", {{"message", command}});
        auto const action = text_member(command, "do");
        if (!options_.client.pages.contains(action))
            return answered(Answer::Says::unsupported, fmt::format("its client.yaml has no page for '{}'", action));
        auto const url = origin_ + filled(page_of(action), command);
        if (action == "sign-in" || action == "hand-off" || action == "sign-out") return begin(action, url);
        auto const times =
            command.contains("at-once") && command["at-once"].is_number_integer() ? command["at-once"].get<int>() : 1;
        if (times > 1) return visit_at_once(action, url, std::min(times, 16));
        auto const page = timed([&] { return options_.user.visit(url); });
        return page ? *read(action, *page) : gone(page.error());
    }

    // The user agent has brought the answer already; a callback by hand is just a visit.
    Answer callback(oauth::Callback const& callback) override
    {
        options_.transcript.add("client", "command", {{"message", told(callback)}});
        auto const page = timed([&] { return options_.user.bring(callback); });
        return page ? *read("sign-in", *page) : gone(page.error());
    }

    std::optional<Answer> read(std::string const& action, Page const& page) override
    {
        auto const found = options_.client.pages.find(action);
        if (found == options_.client.pages.end())
            return answered(Answer::Says::unsupported, fmt::format("its client.yaml has no page for '{}'", action));
        if (page.url.origin() != own_origin())
            return answered(Answer::Says::refused,
                            fmt::format("the user ended at {} instead of the application", page.url.without_query()));
        auto const words =
            fmt::format("status {}: {}", page.status, shortened(page.text.empty() ? page.title : page.text, 300));
        auto const* done = found->second.find("done");
        auto const* refused = found->second.find("refused");
        if (refused != nullptr && fits(*refused, page)) return answered(Answer::Says::refused, words);
        if (done != nullptr && fits(*done, page)) return answered(Answer::Says::done, words);
        return answered(Answer::Says::misspoke,
                        fmt::format("a page that client.yaml counts neither as done nor as refused: {}", words));
    }

    std::string origin() const override { return origin_; }
    Answer silent(Error const& error) override { return process_.without_reply(error); }

    std::optional<Answer> finish() override
    {
        constexpr std::chrono::seconds grace{2};
        if (process_.ended() != nullptr) {  // a web application that ended before it was told to
            auto answer = process_.without_answer("the end of the scenario");
            process_.end({});
            return answer.says == Answer::Says::crashed ? std::optional(answer) : std::nullopt;
        }
        process_.signal(SIGTERM);
        process_.await([] { return false; }, grace);
        process_.end("it did not end at SIGTERM");
        return std::nullopt;
    }

private:
    std::string own_origin() const
    {
        auto const url = http::parse_url(origin_);
        return url ? url->origin() : origin_;
    }

    // Where an action begins, as client.yaml says.
    [[nodiscard]] std::string page_of(std::string const& action) const
    {
        auto const found = options_.client.pages.find(action);
        auto const* path = found == options_.client.pages.end() ? nullptr : found->second.find("get");
        return path == nullptr ? "/" : path->scalar;
    }

    static std::string filled(std::string path, Json const& command)
    {
        constexpr std::string_view name = "$operation";
        if (auto const at = path.find(name); at != std::string::npos)
            path.replace(at, name.size(), text_member(command, "operation"));
        return path;
    }

    // There is no event that says a foreign program listens: connects again until it does, at most its answer limit.
    Result<void> await_ready()
    {
        auto const url = http::parse_url(origin_ + options_.client.ready_path);
        if (!url) return fail(url);
        auto const deadline =
            std::chrono::steady_clock::now() +
            std::max<std::chrono::milliseconds>(options_.client.answer_limit, std::chrono::seconds(15));
        while (std::chrono::steady_clock::now() < deadline && process_.ended() == nullptr) {
            auto const response = timed([&] {
                return options_.browser.fetch(
                    *url, http::Request{.method = "GET", .target = url->target(), .headers = {}, .body = {}});
            });
            if (response) return {};
            process_.await([] { return false; }, std::chrono::milliseconds(5));
        }
        auto const why = process_.without_answer("GET " + options_.client.ready_path);
        return fail(options_.client.name,
                    fmt::format("the web application never came up at {}: {}", url->text, why.text),
                    "look at what it wrote, and at `start` and `ready` in its client.yaml");
    }

    // Opens the page where a journey begins and follows it while it stays with the application; where it leaves is the link.
    Answer begin(std::string const& action, std::string const& address)
    {
        constexpr int most_redirects = 10;
        auto url = http::parse_url(address);
        for (int i = 0; url && i < most_redirects; ++i) {
            auto const response = timed([&] { return options_.browser.fetch(*url, page_request(*url)); });
            if (!response) return gone(response.error());
            options_.user.cookies().store(*url, response->headers);
            auto const location = response->headers.find("Location");
            Json step{{"url", url->text}, {"method", "GET"}};
            step.update(browser::seen_of(*response));
            options_.transcript.add("user", "navigate", std::move(step));
            if (!location) return *read(action, parse_page(*url, *response));
            url = http::resolve(*url, *location);
            if (url && url->origin() != own_origin()) return answered(Answer::Says::open, url->text);
            if (url && action != "sign-in" && url->path == page_of("sign-in"))
                return answered(Answer::Says::refused, "it sends the user to its page for signing in");
        }
        return url ? answered(Answer::Says::refused, fmt::format("it redirected more than {} times", most_redirects))
                   : answered(Answer::Says::refused, url.error().text());
    }

    // A request as a browser makes it when its user goes to a page: applications may tell one browser from another by it.
    [[nodiscard]] http::Request page_request(http::Url const& url) const
    {
        return browser::request_for(browser::navigation(url), options_.user.cookies());
    }

    Answer visit_at_once(std::string const& action, std::string const& address, int times)
    {
        auto const url = http::parse_url(address);
        if (!url) return answered(Answer::Says::error, url.error().text());
        std::vector<Result<http::Response>> responses;
        for (int i = 0; i < times; ++i) {
            options_.browser.send(*url, page_request(*url),
                                  [&](Result<http::Response> response) { responses.push_back(std::move(response)); });
        }
        // every exchange ends by the browser's own limit, so that none is left that would answer into a dead vector
        timed([&] {
            return options_.loop.run_until([&] { return responses.size() == static_cast<std::size_t>(times); },
                                           std::chrono::hours(1));
        });
        Answer worst;
        for (auto const& response : responses) {
            auto answer = response ? *read(action, parse_page(*url, *response)) : gone(response.error());
            if (worst.goes_on()) worst = std::move(answer);
        }
        return worst;
    }

    Answer gone(Error const& error)
    {
        if (process_.ended() != nullptr) return process_.without_answer("a request of the user's browser");
        if (error.text().find(origin_) == std::string::npos) return answered(Answer::Says::refused, error.text());
        auto answer = process_.without_answer("a request of the user's browser");
        answer.text += fmt::format(" ({})", error.text());
        return answer;
    }

    Answer answered(Answer::Says says, std::string text)
    {
        auto const& seen =
            options_.transcript.add("client", "answer",
                                    {{"message", {{std::string(name(says)), text}}},
                                     {"says", says == Answer::Says::misspoke ? "error" : std::string(name(says))}});
        return {says, std::move(text), {}, {seen.id}};
    }

    DriverOptions options_;
    ClientProcess process_;
    std::string origin_;
};

}  // namespace

std::unique_ptr<Driver> web_driver(DriverOptions options)
{
    return std::make_unique<WebDriver>(std::move(options));
}

}  // namespace keur
