#include "harness/run/playing.h"

#include "harness/judge/fingerprints.h"
#include "harness/run/port.h"
#include "protocol/base/encoding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace keur {

namespace {

// The redirect URI of clients that have no web server of their own: the user agent never fetches it.
constexpr std::string_view native_redirect_uri = "https://app.keur.example/callback";

// What the client shows where it is asked for a certificate, beside its settings.
constexpr std::string_view certificate_file = "client.pem";
constexpr std::string_view key_file = "client.key";

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

}  // namespace

Result<void> Playing::set_up()
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
    auto const port = port_for_client();
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
    ClientAddresses addresses{redirect_uri_, {}};
    for (auto const& [name, address] : client_.logout) {
        auto filled = fill_in(address, templates_);
        if (!filled) return fail(filled);
        addresses.logout[name] = std::move(*filled);
    }

    auto stage = Stage::set(play_, addresses, workplace_, *clock_, random_, *transcript_);
    if (!stage) return fail(stage);
    stage_ = std::move(*stage);
    browser_ = std::make_unique<net::HttpClient>(
        workplace_.loop, net::ClientOptions{.tls = workplace_.certificates.browser, .limit = client_.answer_limit});
    user_ = std::make_unique<UserAgent>(*browser_, *transcript_, user_options());
    return write_settings();
}

UserAgent::Options Playing::user_options()
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
    options.on_callback = [this](oauth::Callback const& callback) {
        move_clock(stage_->wait_before_return());
        last_callback_ = stage_->brought(callback);
        record_delivery(last_callback_);
        return last_callback_;
    };
    return options;
}

// The files that the settings tell; written again when the certificate was replaced.
Result<void> Playing::write_client_certificate()
{
    auto const own = stage_->platform().client_certificate();
    if (!own) return {};
    if (auto const written = write_file(folder_->path() / certificate_file, own->chain_pem()); !written) return written;
    return write_file(folder_->path() / key_file, own->key_pem());
}

// A scenario may have taken one of them away or put something else there.
void Playing::tell_client_certificate(Json& settings) const
{
    settings.emplace("client_certificate_file", (folder_->path() / certificate_file).string());
    settings.emplace("client_key_file", (folder_->path() / key_file).string());
}

Result<void> Playing::write_settings()
{
    auto settings = stage_->settings();
    settings["system"] = play_.system;
    settings["ca_file"] = workplace_.ca_file.string();
    if (stage_->platform().client_certificate()) tell_client_certificate(settings);
    if (auto const written = write_client_certificate(); !written) return written;
    transcript_->add("client", "command", {{"message", {{"settings", settings}}}});
    return write_file(folder_->path() / "settings.json", settings.dump(2));
}

void Playing::start_client()
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

void Playing::finish()
{
    if (driver_ && not_started_.empty())
        if (auto ended = driver_->finish(); ended && !last_.is_lost()) take(std::move(*ended));
    settle();
}

// The client is done; what is under way now is only the last acknowledgements, which a closed connection hurries.
void Playing::settle()
{
    constexpr std::chrono::milliseconds longest_acknowledgement{250};
    browser_->close();
    workplace_.loop.run_until([&] { return stage_->is_quiet(); }, longest_acknowledgement);
}

Conduct Playing::conduct() const
{
    using End = Conduct::End;
    constexpr std::array ends{
        std::pair{Answer::Says::open, End::succeeded},    std::pair{Answer::Says::done, End::succeeded},
        std::pair{Answer::Says::refused, End::refused},   std::pair{Answer::Says::unsupported, End::unsupported},
        std::pair{Answer::Says::error, End::at_fault},    std::pair{Answer::Says::crashed, End::crashed},
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

void Playing::judge(RuleBook const& rules, Transcript const& seen, Conduct const& conduct)
{
    for (auto const& expectation : play_.expectations) {
        auto verdict = expectation.judge(seen, conduct);
        if (!verdict) continue;
        // A flow that does not work when nothing is wrong breaks no document: nothing can be said then.
        if (verdict->rule == control_rule_id && verdict->outcome == Outcome::fail)
            verdict->outcome = Outcome::inconclusive;
        result_.verdicts.push_back(std::move(*verdict));
    }
    for (auto& verdict : judge_standing(rules, play_.system, seen, conduct))
        result_.verdicts.push_back(std::move(verdict));
    result_.fingerprints = fingerprints(rules, play_.system, seen);
}

void Playing::carry_out_all(bool whatever_the_client_says)
{
    for (auto const& step : play_.steps) {
        if (!not_started_.empty() || !keur_fault_.empty() || last_.is_lost()) break;
        bool const is_over = !last_.goes_on() && !whatever_the_client_says && !step.anyway;
        if (is_over && step.actor != "clock") break;
        carry_out(step);
    }
}

// Only silence is in doubt: that it came from what was wrong with the server, and from nothing else there.
bool Playing::needs_the_twin() const
{
    return !last_.is_lost() && not_started_.empty() && keur_fault_.empty() && stage_->mend();
}

void Playing::meet_the_twin(Conduct& conduct)
{
    transcript_->add("keur", "note",
                     {{"text", "the server is put right, and the flow played once more"}, {"whose", "nobody"}});
    carry_out_all(true);
    if (stage_->requests_since_mended() ==
        0) {  // a refusal proves nothing about a flaw that is refused without it, too
        conduct.bait_delivered = false;
        conduct.bait_missing = "it did not come to the valid twin on the same port either";
        if (last_.says == Answer::Says::refused && !last_.text.empty())
            conduct.bait_missing += fmt::format(", saying «{}»", excerpt(last_.text, 200));
    }
    steps_left_out_.clear();
}

Result<void> Playing::perform(RuleBook const& rules)
{
    if (auto set = set_up(); !set) return set;
    start_client();
    carry_out_all(false);
    if (needs_the_twin()) {
        settle();
        auto seen_so_far = conduct();
        auto const transcript = *transcript_;  // what the twin adds is not judged
        meet_the_twin(seen_so_far);
        finish();
        if (keur_fault_.empty()) judge(rules, transcript, seen_so_far);
    } else {
        finish();
        if (keur_fault_.empty()) judge(rules, *transcript_, conduct());
    }
    record();
    if (!keur_fault_.empty()) return fail(play_.where, keur_fault_);
    return {};
}

void Playing::record()
{
    std::set<int> cited;
    for (auto const& verdict : result_.verdicts) cited.insert(verdict.evidence.begin(), verdict.evidence.end());
    result_.transcript = transcript_->masked(cited);
    result_.clock = !clock_moved_ ? "not-moved" : client_.follows_clock ? "preload" : "parties-only";
    result_.client_seconds = std::chrono::duration<double>(waited_).count();
    for (auto& verdict : result_.verdicts) {  // words of the client may hold what it should have kept to itself
        for (auto* text : {&verdict.because, &verdict.expected, &verdict.seen})
            *text = transcript_->secrets.masked(*text);
    }
}

}  // namespace keur
