#include "reports/page/steps.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace keur::reports::page {

namespace {

constexpr std::size_t longest_text = 90;
constexpr std::size_t most_told = 3;  // names or tags told in a line

Json const nothing;

Json const& member(Json const& object, std::string_view name)
{
    if (!object.is_object()) return nothing;
    auto const found = object.find(std::string(name));
    return found != object.end() ? *found : nothing;
}

std::string text_of(Json const& value)
{
    if (value.is_null()) return {};
    return shortened(value.is_string() ? value.get_ref<std::string const&>() : to_line(value), longest_text);
}

int number_of(Json const& value)
{
    return value.is_number_integer()
               ? static_cast<int>(std::clamp<std::int64_t>(value.get<std::int64_t>(), -1, 1 << 30))
               : 0;
}

std::string member_names(Json const& object)
{
    std::string names;
    if (!object.is_object()) return names;
    std::size_t count = 0;
    for (auto const& [name, unused] : object.items()) {
        if (++count > most_told) return names + " …";
        names += (names.empty() ? "" : ", ") + shortened(name, longest_text / most_told);
    }
    return names;
}

// `/callback` of `https://localhost:1234/callback?code=…`.
std::string_view path_of(std::string_view url)
{
    auto const host = url.find("://");
    auto const path = host != std::string_view::npos ? url.find('/', host + 3) : 0;
    if (path == std::string_view::npos) return "/";
    return url.substr(path, url.find_first_of("?#", path) - path);
}

std::string_view target_of(std::string_view url)
{
    auto const host = url.find("://");
    auto const path = host != std::string_view::npos ? url.find('/', host + 3) : std::string_view::npos;
    return path != std::string_view::npos ? url.substr(path) : url;
}

// What the reading of one observation needs to know of the others.
struct Surroundings {
    std::map<int, std::string> requester;        // by id of the request
    std::set<std::string, std::less<>> browsed;  // targets that the user's browser asked a party for
};

std::string requester(Json const& fields)
{
    auto const is_browser = !member(member(fields, "header"), "sec-fetch-mode").is_null();
    return is_browser ? "user" : "client";
}

Surroundings survey(Json const& transcript)
{
    Surroundings around;
    for (auto const& seen : transcript) {
        if (text_member(seen, "kind") != "request") continue;
        auto const& fields = member(seen, "fields");
        auto const who = requester(fields);
        around.requester[number_of(member(seen, "id"))] = who;
        if (who != "user") continue;
        around.browsed.insert(text_member(fields, "target"));
        around.browsed.insert(text_member(fields, "path"));
    }
    return around;
}

void read_handshake(Step& step, Json const& fields, Surroundings const&)
{
    auto const outcome = text_member(fields, "outcome");
    step.to = step.from;
    step.from = "client";
    step.is_trouble = outcome != "done";
    step.strong = step.is_trouble ? "TLS " + outcome : "TLS";
    step.text = text_of(member(fields, "version")) + " " + text_of(member(fields, "detail"));
}

void read_request(Step& step, Json const& fields, Surroundings const& around)
{
    step.to = step.from;
    step.from = around.requester.at(step.id);
    step.strong = text_of(member(fields, "method"));
    step.text = text_of(member(fields, "path"));
    if (auto const grant = text_of(member(member(fields, "form"), "grant_type")); !grant.empty())
        step.text += " " + grant;
}

std::string gist_of_response(Json const& fields)
{
    auto const& json = member(fields, "json");
    if (auto const error = text_of(member(json, "error")); !error.empty()) return error;
    auto const& header = member(fields, "header");
    if (auto const location = text_member(header, "location"); !location.empty())
        return "to " + shortened(path_of(location), longest_text);
    if (json.is_object()) return member_names(json);
    return text_of(member(header, "content-type"));
}

void read_response(Step& step, Json const& fields, Surroundings const& around)
{
    auto const asked = around.requester.find(number_of(member(fields, "to")));
    step.to = asked != around.requester.end() ? asked->second : "client";
    step.strong = text_of(member(fields, "status"));
    step.text = gist_of_response(fields);
    step.is_trouble = number_of(member(fields, "status")) >= 400;
    if (auto const& faults = member(fields, "faults"); faults.is_array())
        for (std::size_t i = 0; i < std::min(faults.size(), most_told); ++i) step.tags.push_back(text_of(faults[i]));
    auto const& delivered = member(fields, "delivered");
    if (delivered == false || delivered == "no") step.tags.emplace_back("not delivered whole");
}

void read_fault(Step& step, Json const& fields, Surroundings const&)
{
    step.strong = "fault " + text_of(member(fields, "name"));
    step.text = text_of(member(fields, "argument"));
    step.is_trouble = true;
}

// Only steps at the client's own pages are shown: elsewhere the party's requests tell the same.
void read_navigate(Step& step, Json const& fields, Surroundings const& around)
{
    auto const url = text_member(fields, "url");
    bool const is_told = around.browsed.contains(target_of(url)) || around.browsed.contains(path_of(url));
    if (!is_told) step.to = "client";
    step.strong = text_of(member(fields, "method"));
    step.text = shortened(path_of(url), longest_text) + " → " + text_of(member(fields, "status"));
    step.is_trouble = !member(fields, "error").is_null();
    if (step.is_trouble) step.text += text_of(member(fields, "error"));
}

void read_page(Step& step, Json const& fields, Surroundings const&)
{
    step.strong = "sees";
    step.text = text_of(member(fields, "title"));
    if (step.text.empty()) step.text = "a page, status " + text_of(member(fields, "status"));
}

void read_deliver(Step& step, Json const& fields, Surroundings const&)
{
    step.to = "client";
    step.strong = "callback";
    auto const& brought = member(fields, member(fields, "form").is_object() ? "form" : "query");
    auto const error = text_of(member(brought, "error"));
    step.text = error.empty() ? member_names(brought) : "error=" + error;
}

// What the provider, or the user's browser for it, says to the client's own server, and what that says.
void read_notice(Step& step, Json const& fields, Surroundings const&)
{
    step.from = "idp";
    step.to = "client";
    step.strong = text_of(member(fields, "endpoint"));
    step.text = member_names(member(fields, member(fields, "form").is_object() ? "form" : "query"));
}

void read_reply(Step& step, Json const& fields, Surroundings const&)
{
    step.to = "idp";
    step.strong = text_of(member(fields, "status"));
    step.text = text_of(member(fields, "endpoint"));
    step.is_trouble = number_of(member(fields, "status")) >= 400;
}

void read_command(Step& step, Json const& fields, Surroundings const&)
{
    auto const& message = member(fields, "message");
    auto const what = text_of(member(message, "do"));
    if (!member(message, "settings").is_null()) {
        step.strong = "given";
        step.text = "its settings";
        return;
    }
    step.strong = "told to";
    step.text = what.empty() ? "take the callback" : what + " " + text_of(member(message, "operation"));
}

void read_answer(Step& step, Json const& fields, Surroundings const&)
{
    auto const says = text_of(member(fields, "says"));
    step.strong = "says " + says;
    if (says != "open" && says != "done") step.text = text_of(member(member(fields, "message"), says));
    step.is_trouble = says == "error";
}

void read_output(Step& step, Json const& fields, Surroundings const&)
{
    step.strong = text_of(member(fields, "stream"));
    step.text = text_of(member(fields, "text"));
}

void read_exit(Step& step, Json const& fields, Surroundings const&)
{
    auto const signal = text_of(member(fields, "signal"));
    step.strong = signal.empty() ? "exit " + text_of(member(fields, "status")) : "ended by signal " + signal;
    step.text = text_of(member(fields, "why"));
    step.is_trouble = !signal.empty();
}

void read_clock(Step& step, Json const& fields, Surroundings const&)
{
    step.from.clear();
    auto const seconds = number_of(member(fields, "by")) / 1000;
    step.strong = fmt::format("the clock moves by {} s", seconds);
    step.text = text_of(member(fields, "how"));
}

void read_note(Step& step, Json const& fields, Surroundings const&)
{
    step.from.clear();
    step.strong = "keur notes";
    step.text = text_of(member(fields, "text"));
}

struct KindRow {
    std::string_view kind;
    void (*read)(Step&, Json const& fields, Surroundings const&);
};
constexpr std::array kind_rows{
    KindRow{"handshake", read_handshake}, KindRow{"request", read_request},   KindRow{"response", read_response},
    KindRow{"fault", read_fault},         KindRow{"navigate", read_navigate}, KindRow{"page", read_page},
    KindRow{"deliver", read_deliver},     KindRow{"notice", read_notice},     KindRow{"reply", read_reply},
    KindRow{"command", read_command},     KindRow{"answer", read_answer},     KindRow{"output", read_output},
    KindRow{"exit", read_exit},           KindRow{"clock", read_clock},       KindRow{"note", read_note}};

Step read(Json const& seen, Surroundings const& around)
{
    auto const kind = text_member(seen, "kind");
    Step step{.id = number_of(member(seen, "id")), .seen = &seen, .from = text_member(seen, "party")};
    auto const row = std::ranges::find(kind_rows, kind, &KindRow::kind);
    if (row != kind_rows.end() && step.id > 0 && member(seen, "fields").is_object()) {
        row->read(step, member(seen, "fields"), around);
        return step;
    }
    step.from.clear();
    step.strong = kind.empty() ? "an observation that cannot be read" : kind;
    step.is_trouble = true;
    return step;
}

bool is_worth_showing(Step const& step)
{
    auto const kind = text_member(*step.seen, "kind");
    if (kind == "handshake") return step.is_trouble;
    return kind != "navigate" || !step.to.empty() || step.is_trouble;
}

}  // namespace

std::vector<Step> steps(Json const& transcript, std::set<int> const& cited)
{
    std::vector<Step> all;
    auto const around = survey(transcript);
    for (auto const& seen : transcript) {
        auto step = read(seen, around);
        if (is_worth_showing(step) || cited.contains(step.id)) all.push_back(std::move(step));
    }
    return all;
}

Step step_of(Json const& transcript, int id)
{
    for (auto const& seen : transcript)
        if (number_of(member(seen, "id")) == id) return read(seen, survey(transcript));
    return {};
}

}  // namespace keur::reports::page
