#include "harness/run/playing.h"
#include "mocks/engine/logout.h"
#include "mocks/engine/recording.h"
#include "protocol/base/encoding.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace keur {

namespace {

// The operation of a call that names none: the first that the settings tell.
std::string first_operation(Json const& settings)
{
    auto const operations = settings.find("operations");
    bool const has_some = operations != settings.end() && operations->is_object() && !operations->empty();
    return has_some ? operations->begin().key() : std::string();
}

Json parameters_in(std::string const& encoded)
{
    Json parameters = Json::object();
    if (auto const form = http::parse_form(encoded))
        for (auto const& [name, value] : form->pairs()) parameters[name] = value;
    return parameters;
}

}  // namespace

void Playing::take(Answer answer)
{
    acted_ = true;
    last_ = std::move(answer);
    if (last_.says == Answer::Says::open) {
        link_ = last_.text;
        linked_for_ = told_;
    }
}

void Playing::fault_of(std::string whose, std::string text)
{
    auto const& note = transcript_->add("keur", "note", {{"text", text}, {"whose", whose}});
    if (whose == "keur")
        keur_fault_ = std::move(text);
    else
        take({Answer::Says::hung, std::move(text), {}, {note.id}});
}

void Playing::move_clock(std::chrono::milliseconds by)
{
    if (by.count() == 0) return;
    clock_->advance(by);
    clock_moved_ = true;
    transcript_->add("clock", "clock",
                     {{"by", by.count()}, {"how", client_.follows_clock ? "preload" : "parties-only"}});
}

void Playing::record_delivery(oauth::Callback const& callback)
{
    auto const url = http::parse_url(callback.url);
    Json fields{{"url", callback.url}, {"query", parameters_in(url ? url->query : "")}};
    if (callback.form) fields["form"] = parameters_in(*callback.form);
    transcript_->add("user", "deliver", std::move(fields));
}

void Playing::deliver_again(oauth::Callback const& callback)
{
    record_delivery(callback);
    take(driver_->callback(callback));
}

void Playing::open_link()
{
    if (link_.empty()) {
        steps_left_out_.emplace_back("the client gave no link to open");
        return;
    }
    opened_link_ = std::exchange(link_, {});
    if (!http::parse_url(opened_link_))
        return take({Answer::Says::misspoke,
                     fmt::format("the link it gave is no web address: '{}'; it must answer an http or https address, "
                                 "and a command prints it as its only line",
                                 excerpt(opened_link_, 200)),
                     {},
                     last_.evidence});
    auto journey = user_->open(opened_link_);
    if (linked_for_ != "sign-in") return arrive(journey);
    if (!journey) {
        bool const of_client =
            !driver_->origin().empty() && journey.error().text().find(driver_->origin()) != std::string::npos;
        return fault_of(of_client ? "client" : "keur", journey.error().text());
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
void Playing::arrive(Result<UserAgent::Journey> const& journey)
{
    if (!journey)
        return take({Answer::Says::refused, "the user's browser: " + journey.error().text(), {}, last_.evidence});
    bool const is_clients = !driver_->origin().empty() && journey->page.url.text.starts_with(driver_->origin());
    if (!is_clients) return;
    if (auto answer = driver_->read(linked_for_, journey->page)) take(std::move(*answer));
}

void Playing::open_link_again()
{
    if (opened_link_.empty()) {
        steps_left_out_.emplace_back("there was no link to open again");
        return;
    }
    if (auto const journey = user_->open(opened_link_); !journey) fault_of("keur", journey.error().text());
}

void Playing::client_step(Step const& step)
{
    told_ = step.what;
    if (step.what == "restart") {
        if (auto ended = driver_->finish()) return take(std::move(*ended));
        if (auto const told = write_settings(); !told) return fault_of("keur", told.error().text());
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

void Playing::user_step(Step const& step)
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
        auto const base = last_callback_.empty() ? oauth::Callback{redirect_uri_, {}} : last_callback_;
        auto altered = stage_->altered(base, step.argument);
        if (!altered) return fault_of("keur", altered.error().text());
        return deliver_again(*altered);
    }
    fault_of("keur", fmt::format("{}: the user cannot do '{}'", step.where, step.what));
}

void Playing::party_step(Step const& step)
{
    auto const before = transcript_->all().size();
    if (auto const done = stage_->platform().act(step.actor, step.what, step.argument); !done)
        return fault_of("keur", done.error().text());
    if (auto const written = write_client_certificate(); !written) return fault_of("keur", written.error().text());
    std::vector<Observation> notices;  // copies: telling one adds to the transcript
    for (auto const& seen : transcript_->all() | std::views::drop(before))
        if (seen.kind == "notice") notices.push_back(seen);
    for (auto const& notice : notices) tell(notice);
    bool const speaks =
        std::ranges::find(mocks::logout_acts(), step.what, &mocks::Act::name) != mocks::logout_acts().end();
    if (speaks && notices.empty())
        steps_left_out_.emplace_back("nobody is signed in, or the client has no address at which it is told of that");
}

// A party speaks to the client's own server; what that answers is the client's answer.
void Playing::tell(Observation const& notice)
{
    auto const url = http::parse_url(text_member(notice.fields, "url"));
    if (!url) return fault_of("keur", url.error().text());
    http::Form form;
    auto const values = field(notice, "form");
    for (auto const& [name, value] : values.items()) form.add(name, text_member(values, name));
    http::Request post{.method = "POST", .target = url->target(), .headers = {}, .body = http::to_text(form)};
    post.headers.set("Content-Type", "application/x-www-form-urlencoded");
    auto const response = values.is_object() ? browser_->fetch(*url, post) : user_->look_in_frame(*url);
    if (!response) {
        auto answer = driver_->silent(response.error());
        answer.evidence.push_back(notice.id);
        return take(std::move(answer));
    }
    auto const endpoint = text_member(notice.fields, "endpoint");
    transcript_->add("client", "reply", mocks::response_fields(*response, endpoint, notice.id));
    stage_->platform().delivered(notice.id, true);
    // A logout token is taken with 200, or 204 (Back-Channel Logout 1.0 §2.8); a frame shows any page.
    bool const is_good =
        values.is_object() ? response->status == 200 || response->status == 204 : response->status < 400;
    take({is_good ? Answer::Says::done : Answer::Says::refused,
          fmt::format("its server answers {}: {}", response->status, excerpt(response->body, 200)),
          {},
          {notice.id}});
}

void Playing::carry_out(Step const& step)
{
    if (step.actor == "client") return client_step(step);
    if (step.actor == "user") return user_step(step);
    if (step.actor == "clock") return move_clock(std::chrono::milliseconds(step.milliseconds));
    party_step(step);
}

}  // namespace keur
