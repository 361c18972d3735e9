#include "harness/run/play.h"

#include "harness/judge/fingerprints.h"
#include "harness/process/scenario_clock.h"
#include "harness/run/driver.h"
#include "harness/run/stage.h"
#include "harness/user/user_agent.h"
#include "protocol/base/file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace keur {

namespace {

// The redirect URI of clients that have no web server of their own: the user agent never fetches it.
constexpr std::string_view native_redirect_uri = "https://app.keur.example/callback";

Consent consent_named(std::string_view name)
{
    if (name == "refuse") return Consent::refuse;
    if (name == "abandon") return Consent::abandon;
    return Consent::give;
}

// Nothing is done to the client: its flow, as it is.
bool is_undisturbed(ScenarioCase const& play)
{
    auto const is_plain = [](Step const& step) {
        return step.actor == "client" || step.actor == "clock" || (step.actor == "user" && step.what == "opens-link");
    };
    return play.faults.empty() && play.client_settings.empty() && play.user == "normal" && play.consent == "give" &&
           std::ranges::all_of(play.steps, is_plain);
}

// The operation of a call that names none: the first that the settings tell.
std::string first_operation(Json const& settings)
{
    auto const operations = settings.find("operations");
    bool const has_some = operations != settings.end() && operations->is_object() && !operations->empty();
    return has_some ? operations->begin().key() : std::string();
}

// One performance: everything that lives from the first listener to the last verdict.
class Play {
public:
    Play(ScenarioCase const& play, Client const& client, ControlOutcome const& control, std::uint64_t seed,
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
    UserAgent::Options user_options();
    void start_client();
    void carry_out(Step const& step);
    void client_step(Step const& step);
    void user_step(Step const& step);
    void party_step(Step const& step);
    void move_clock(std::chrono::milliseconds by);
    void open_link();
    void open_link_again();
    void arrive(Result<UserAgent::Journey> const& journey);
    void record_delivery(std::string const& url);
    void deliver_again(std::string const& url);
    void take(Answer answer);
    void fault_of(std::string whose, std::string text);
    void finish();
    void record();
    [[nodiscard]] Conduct conduct() const;
    void judge(RuleBook const& rules, Conduct const& conduct);

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
    std::string link_;           // that the client asked to open
    std::string opened_link_;    // that was opened last
    std::string linked_for_;     // the action it gave the link for
    std::string told_;           // the action it was told last
    std::string last_callback_;  // that was delivered to it
    Answer last_;                // its last answer
    bool acted_ = false;
    bool clock_moved_ = false;
    bool abandoned_ = false;
    std::string keur_fault_;  // what keur itself could not do
    std::string not_started_;
    std::vector<std::string> steps_left_out_;
};

Result<void> Play::set_up()
{
    auto folder = TemporaryFolder::create_in(workplace_.folder);
    if (!folder) return fail(folder);
    folder_.emplace(std::move(*folder));
    auto clock = ScenarioClock::create(folder_->path() / "clock");
    if (!clock) return fail(clock);
    clock_.emplace(std::move(*clock));
    transcript_.emplace(*clock_);

    std::error_code failed;
    std::filesystem::create_directory(folder_->path() / "home", failed);
    if (failed) return fail((folder_->path() / "home").string(), failed.message());
    auto const port = free_port();
    if (!port) return fail(port);
    templates_ = {{"folder", client_.folder.string()},
                  {"settings", (folder_->path() / "settings.json").string()},
                  {"ca_file", workplace_.ca_file.string()},
                  {"port", std::to_string(*port)},
                  {"cert_file", (workplace_.folder / "server.pem").string()},
                  {"key_file", (workplace_.folder / "server.key").string()},
                  {"bin", workplace_.bin.string()}};
    auto redirect = client_.redirect_uri.empty() ? Result<std::string>(native_redirect_uri)
                                                 : fill_in(client_.redirect_uri, templates_);
    if (!redirect) return fail(redirect);
    redirect_uri_ = std::move(*redirect);

    auto stage = Stage::set(play_, redirect_uri_, workplace_, *clock_, random_, *transcript_);
    if (!stage) return fail(stage);
    stage_ = std::move(*stage);
    browser_ = std::make_unique<net::HttpClient>(
        workplace_.loop, net::ClientOptions{.tls = workplace_.certificates.browser, .limit = client_.answer_limit});
    user_ = std::make_unique<UserAgent>(*browser_, *transcript_, user_options());
    return write_settings();
}

UserAgent::Options Play::user_options()
{
    auto const user = stage_->platform().user(play_.user);
    auto const pages = stage_->platform().pages();
    UserAgent::Options options;
    for (auto const& [name, value] : user.items())
        if (value.is_string()) options.credentials[name] = value.get<std::string>();
    if (play_.mistypes_password) options.credentials["password"] += "x";
    options.agree_label = text_member(pages, "agree");
    options.refuse_label = text_member(pages, "refuse");
    options.consent = consent_named(play_.consent);
    options.stop_at = client_.way == Client::Way::web_application ? std::string() : redirect_uri_;
    options.callback_prefix = redirect_uri_;
    options.on_callback = [this](std::string const& url) {
        move_clock(stage_->wait_before_return());
        last_callback_ = stage_->platform().callback(url);
        record_delivery(last_callback_);
        return last_callback_;
    };
    return options;
}

Result<void> Play::write_settings()
{
    auto settings = stage_->settings();
    settings["system"] = play_.system;
    settings["ca_file"] = workplace_.ca_file.string();
    transcript_->add("client", "command", {{"message", {{"settings", settings}}}});
    return write_file(folder_->path() / "settings.json", settings.dump(2));
}

void Play::start_client()
{
    std::map<std::string, std::string> environment{
        {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        {"HOME", (folder_->path() / "home").string()},
        {"LANG", "C.UTF-8"},
        {"KEUR_SETTINGS", templates_.at("settings")},
    };
    if (client_.follows_clock) {
        environment["LD_PRELOAD"] = (workplace_.bin / "keur-clock.so").string();
        environment["KEUR_CLOCK"] = (folder_->path() / "clock").string();
    }
#ifdef __SANITIZE_ADDRESS__
    environment["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0";  // the shim is loaded before the sanitizer
#endif
    driver_ = make_driver({.client = client_,
                           .loop = workplace_.loop,
                           .transcript = *transcript_,
                           .user = *user_,
                           .browser = *browser_,
                           .folder = folder_->path() / "home",
                           .environment = std::move(environment),
                           .templates = templates_,
                           .waited = waited_});
    if (auto const started = driver_->start(); !started) not_started_ = started.error().text();
}

void Play::take(Answer answer)
{
    acted_ = true;
    last_ = std::move(answer);
    if (last_.says == Answer::Says::open) {
        link_ = last_.text;
        linked_for_ = told_;
    }
}

void Play::fault_of(std::string whose, std::string text)
{
    auto const& note = transcript_->add("keur", "note", {{"text", text}, {"whose", whose}});
    if (whose == "keur")
        keur_fault_ = std::move(text);
    else
        take({Answer::Says::hung, std::move(text), {}, {note.id}});
}

void Play::move_clock(std::chrono::milliseconds by)
{
    if (by.count() == 0) return;
    clock_->advance(by);
    clock_moved_ = true;
    transcript_->add("clock", "clock",
                     {{"by", by.count()}, {"how", client_.follows_clock ? "preload" : "parties-only"}});
}

void Play::record_delivery(std::string const& url)
{
    Json query = Json::object();
    if (auto const parsed = http::parse_url(url))
        if (auto const form = http::parse_form(parsed->query))
            for (auto const& [name, value] : form->pairs()) query[name] = value;
    transcript_->add("user", "deliver", {{"url", url}, {"query", std::move(query)}});
}

void Play::deliver_again(std::string const& url)
{
    record_delivery(url);
    take(driver_->callback(url));
}

void Play::open_link()
{
    if (link_.empty()) {
        steps_left_out_.emplace_back("the client gave no link to open");
        return;
    }
    opened_link_ = std::exchange(link_, {});
    auto journey = user_->open(opened_link_);
    if (linked_for_ != "sign-in") return arrive(journey);
    if (!journey) {
        bool const of_client =
            !driver_->origin().empty() && journey.error().text().find(driver_->origin()) != std::string::npos;
        return fault_of(of_client ? "client" : "keur", "the user's browser: " + journey.error().text());
    }
    abandoned_ = journey->abandoned;
    if (!journey->callback.empty()) return take(driver_->callback(journey->callback));
    if (auto answer = driver_->read("sign-in", journey->page); answer && !journey->abandoned)
        return take(std::move(*answer));
    // The user was shown a page of the authorization server and nothing goes back to the client: it stays waiting.
    auto const where = journey->page.title.empty() ? journey->page.url.without_query() : journey->page.title;
    last_ = {Answer::Says::refused,
             fmt::format("nothing came back to the client; the user ended at '{}'", where),
             {},
             last_.evidence};
}

// A link that leads away for good: the client has done its part, unless its link leads nowhere or back to itself.
void Play::arrive(Result<UserAgent::Journey> const& journey)
{
    if (!journey)
        return take({Answer::Says::refused, "the user's browser: " + journey.error().text(), {}, last_.evidence});
    bool const is_clients = !driver_->origin().empty() && journey->page.url.text.starts_with(driver_->origin());
    if (!is_clients) return;
    if (auto answer = driver_->read(linked_for_, journey->page)) take(std::move(*answer));
}

void Play::open_link_again()
{
    if (opened_link_.empty()) {
        steps_left_out_.emplace_back("there was no link to open again");
        return;
    }
    if (auto const journey = user_->open(opened_link_); !journey) fault_of("keur", journey.error().text());
}

void Play::client_step(Step const& step)
{
    told_ = step.what;
    if (step.what == "restart") {
        if (auto ended = driver_->finish()) return take(std::move(*ended));
        return start_client();
    }
    Json command{{"do", step.what}};
    auto const more = step.argument.json();
    if (more.is_object())
        for (auto const& [name, value] : more.items()) command[name] = value;
    if (step.what == "call" && !command.contains("operation"))
        command["operation"] = first_operation(stage_->settings());
    take(driver_->act(command));
}

void Play::user_step(Step const& step)
{
    if (step.what == "opens-link") return open_link();
    if (step.what == "opens-link-again") return open_link_again();
    if (step.what == "new-browser") return user_->cookies().clear();
    if (step.what == "returns-again" && last_callback_.empty()) {
        steps_left_out_.emplace_back("there was no callback to deliver again");
        return;
    }
    if (step.what == "returns-again") return deliver_again(last_callback_);
    if (step.what == "returns-with") {
        auto const& base = last_callback_.empty() ? redirect_uri_ : last_callback_;
        auto altered = stage_->platform().altered_callback(base, step.argument);
        if (!altered) return fault_of("keur", altered.error().text());
        return deliver_again(*altered);
    }
    fault_of("keur", fmt::format("{}: the user cannot do '{}'", step.where, step.what));
}

void Play::party_step(Step const& step)
{
    if (auto const done = stage_->platform().act(step.actor, step.what, step.argument); !done)
        fault_of("keur", done.error().text());
}

void Play::carry_out(Step const& step)
{
    if (step.actor == "client") return client_step(step);
    if (step.actor == "user") return user_step(step);
    if (step.actor == "clock") return move_clock(std::chrono::milliseconds(step.milliseconds));
    party_step(step);
}

void Play::finish()
{
    if (driver_ && not_started_.empty())
        if (auto ended = driver_->finish(); ended && !last_.is_lost()) take(std::move(*ended));
    // The client is gone; what is under way now is only the last acknowledgements, which a closed connection hurries.
    constexpr std::chrono::milliseconds longest_acknowledgement{250};
    browser_->close();
    workplace_.loop.run_until([&] { return stage_->is_quiet(); }, longest_acknowledgement);
}

Conduct Play::conduct() const
{
    using End = Conduct::End;
    constexpr std::array ends{
        std::pair{Answer::Says::open, End::succeeded},    std::pair{Answer::Says::done, End::succeeded},
        std::pair{Answer::Says::refused, End::refused},   std::pair{Answer::Says::unsupported, End::unsupported},
        std::pair{Answer::Says::error, End::misspoke},    std::pair{Answer::Says::crashed, End::crashed},
        std::pair{Answer::Says::hung, End::hung},         std::pair{Answer::Says::flooded, End::flooded},
        std::pair{Answer::Says::misspoke, End::misspoke},
    };
    Conduct conduct;
    conduct.end = std::ranges::find(ends, last_.says, &std::pair<Answer::Says, End>::first)->second;
    conduct.because = last_.text;
    conduct.evidence = last_.evidence;
    if (!acted_ || !not_started_.empty()) conduct.end = End::never_started;
    if (!not_started_.empty()) conduct.because = not_started_;
    auto missing = stage_->bait_missing();
    missing.insert(missing.end(), steps_left_out_.begin(), steps_left_out_.end());
    conduct.bait_delivered = missing.empty();
    conduct.bait_missing = fmt::format("{}", fmt::join(missing, "; "));
    conduct.bait_id = stage_->bait_id();
    conduct.undisturbed = is_undisturbed(play_);
    conduct.control_whose = control_.known ? control_.whose : Whose::client;
    conduct.control_succeeded = !control_.known || control_.succeeded;
    conduct.control_because = control_.because;
    conduct.quiet = stage_->is_quiet();
    return conduct;
}

void Play::judge(RuleBook const& rules, Conduct const& conduct)
{
    for (auto const& expectation : play_.expectations)
        if (auto verdict = expectation.judge(*transcript_, conduct)) result_.verdicts.push_back(std::move(*verdict));
    for (auto& verdict : judge_standing(rules, play_.system, *transcript_, conduct))
        result_.verdicts.push_back(std::move(verdict));
    result_.fingerprints = fingerprints(rules, play_.system, *transcript_);
}

Result<void> Play::perform(RuleBook const& rules)
{
    if (auto set = set_up(); !set) return set;
    start_client();
    for (auto const& step : play_.steps) {
        if (!not_started_.empty() || !keur_fault_.empty() || last_.is_lost()) break;
        if (!last_.goes_on() && step.actor == "client" && !step.anyway) break;
        if (!last_.goes_on() && !step.anyway && step.actor != "clock") break;
        carry_out(step);
    }
    finish();
    if (keur_fault_.empty()) judge(rules, conduct());
    record();
    if (!keur_fault_.empty()) return fail(play_.where, keur_fault_);
    return {};
}

void Play::record()
{
    result_.transcript = transcript_->masked();
    result_.clock = !clock_moved_ ? "not-moved" : client_.follows_clock ? "preload" : "parties-only";
    result_.client_seconds = std::chrono::duration<double>(waited_).count();
    for (auto& verdict : result_.verdicts) {  // words of the client may hold what it should have kept to itself
        for (auto* text : {&verdict.because, &verdict.expected, &verdict.seen})
            *text = transcript_->secrets.masked(*text);
    }
}

ScenarioResult blank_result(ScenarioCase const& play, Client const& client)
{
    ScenarioResult result;
    result.client = client.name;
    result.system = play.system;
    result.scenario = play.id;
    result.case_name = play.case_name;
    result.title = play.title;
    result.control = play.control;
    return result;
}

void give_all(ScenarioResult& result, ScenarioCase const& play, Outcome outcome, Whose whose,
              std::string const& because)
{
    for (auto const& expectation : play.expectations)
        result.verdicts.push_back({.rule = expectation.rule(),
                                   .kind = expectation.kind(),
                                   .outcome = outcome,
                                   .whose = whose,
                                   .because = because,
                                   .expected = {},
                                   .seen = {},
                                   .evidence = {}});
}

}  // namespace

Performance perform(ScenarioCase const& play, Client const& client, ControlOutcome const& control,
                    RuleBook const& rules, std::uint64_t seed, Workplace const& workplace)
{
    auto const start = std::chrono::steady_clock::now();
    Performance done{.result = blank_result(play, client)};
    auto& result = done.result;
    result.seed = seed;
    try {
        Play performance(play, client, control, seed, workplace, result);
        if (auto const played = performance.perform(rules); !played) {
            result.verdicts.clear();
            give_all(result, play, Outcome::broken, Whose::keur, played.error().text());
        }
        done.client_lost = performance.client_is_lost();
    } catch (std::exception const& error) {  // a bug of ours: never a verdict on the client
        result.verdicts.clear();
        give_all(result, play, Outcome::broken, Whose::keur, fmt::format("keur itself is at fault: {}", error.what()));
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return done;
}

ScenarioResult not_performed(ScenarioCase const& play, Client const& client, Outcome outcome, Whose whose,
                             std::string const& because)
{
    auto result = blank_result(play, client);
    give_all(result, play, outcome, whose, because);
    return result;
}

}  // namespace keur
