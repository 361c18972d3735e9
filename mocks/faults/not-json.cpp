#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "protocol/base/json.h"
#include "protocol/base/names.h"
#include "protocol/http/form.h"

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

std::string nested(std::string const&)
{
    constexpr std::size_t depth = 100'000;
    return std::string(depth, '[') + std::string(depth, ']');
}

// The members of the good answer, as some old servers wrote them.
std::string as_form(std::string const& good)
{
    http::Form form;
    if (auto const json = parse_json(good, "the answer"); json && json->is_object())
        for (auto const& [name, value] : json->items())
            form.add(name, value.is_string() ? value.get<std::string>() : to_line(value));
    return to_text(form);
}

struct KindRow {
    std::string_view name;
    std::string_view type;
    std::string (*body)(std::string const& good);
};
constexpr std::array kind_rows{
    KindRow{"html", "text/html;charset=UTF-8",
            [](std::string const&) {
                return std::string(
                    "<!DOCTYPE html><html lang=\"nl\"><head><title>Onderhoud</title></head>"
                    "<body><h1>Onderhoud</h1><p>Wij zijn zo terug.</p></body></html>");
            }},
    KindRow{"text", "text/plain;charset=UTF-8", [](std::string const&) { return std::string("Service unavailable"); }},
    KindRow{"empty", "application/json", [](std::string const&) { return std::string(); }},
    KindRow{"form", "application/x-www-form-urlencoded", as_form},
    KindRow{"array", "application/json", [](std::string const& good) { return "[" + good + "]"; }},
    KindRow{"deep", "application/json", nested},
};

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "not-json", {"as", "type", "status"}); !known) return known;
    auto const as = text_of(argument, "as");
    if (!as) return fail(as);
    if (std::ranges::find(kind_rows, *as, &KindRow::name) == kind_rows.end()) {
        std::vector<std::string> names;
        for (auto const& row : kind_rows) names.emplace_back(row.name);
        return std::unexpected(unknown_name(argument.find("as")->at(), "kind of body", *as, names));
    }
    auto const type = text_or(argument, "type", "own");
    if (!type) return fail(type);
    if (*type != "own" && *type != "json")
        return argument.find("type")->wrong("the type is neither own nor json", "write type: own or type: json");
    auto const status = number_or(argument, "status", 200);
    if (!status) return fail(status);
    if (*status < 200 || *status > 599)
        return argument.find("status")->wrong("a status is a number from 200 to 599", "write one such as 200");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const as = text_or(argument, "as", "").value_or("");
    auto const* const row = std::ranges::find(kind_rows, as, &KindRow::name);
    if (row == kind_rows.end()) return false;
    bool const as_json = text_or(argument, "type", "own").value_or("own") == "json";
    faulted.reply.response = {.status = static_cast<int>(number_or(argument, "status", 200).value_or(200)),
                              .headers = {{"Content-Type", as_json ? "application/json" : std::string(row->type)},
                                          {"Cache-Control", "no-store"}},
                              .body = row->body(faulted.reply.response.body)};
    return true;
}

}  // namespace

Fault not_json()
{
    return {.name = "not-json",
            .title =
                "a body that is no JSON object: {as: html, text, empty, form, array or deep, type: own or json, "
                "status: 200}",
            .source = "RFC 6749 §5.1",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
