#include "harness/scenario/tls_cases.h"

#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace keur::scenario {

namespace {

std::string member(Yaml const& entry, std::string_view name)
{
    auto const* found = entry.find(name);
    return found == nullptr ? std::string() : found->scalar;
}

// Nodes made here stand where the entry stands, so that a complaint about them names it.
Yaml made(Yaml const& place, Yaml::Kind kind, std::string text = {})
{
    Yaml node;
    node.kind = kind;
    node.scalar = std::move(text);
    node.file = place.file;
    node.line = place.line;
    node.column = place.column;
    return node;
}

void put(Yaml& map, std::string_view name, std::string value)
{
    map.members.push_back(
        {made(map, Yaml::Kind::scalar, std::string(name)), made(map, Yaml::Kind::scalar, std::move(value))});
}

Yaml looking_at(Yaml const& entry, std::string const& at, std::string_view more)
{
    auto with = made(entry, Yaml::Kind::map);
    put(with, "at", at);
    if (!more.empty()) put(with, more, "yes");
    return with;
}

Yaml expectation(Yaml const& entry, std::string const& rule, std::string const& at, std::string_view more = {})
{
    auto const client = member(entry, "client");
    auto node = made(entry, Yaml::Kind::map);
    put(node, "rule", rule);
    if (client == "accepts") {
        put(node, "client", "succeeds");
        return node;
    }
    // What counts is on the wire: a client may do without that server, and be content.
    put(node, "client", "survives");
    put(node, "check", rule == "TLS-03" ? "no-older-version" : "flawed-server");
    node.members.push_back({made(entry, Yaml::Kind::scalar, "with"), looking_at(entry, at, more)});
    return node;
}

// Trust, name and time: whoever verifies anything verifies these, so who does not here has no check here at all. Of any
// other flaw one place tells nothing about the others.
bool is_about_verification_itself(mocks::transport::Case const& what)
{
    constexpr std::array<std::string_view, 3> rules{"CRT-01", "CRT-02", "CRT-06"};
    return std::ranges::find_first_of(what.rules, rules) != what.rules.end();
}

// The rules of the entry; of a certificate that any check refuses also that it is refused everywhere, and for good.
Yaml expectations(mocks::transport::Case const& what, Yaml const& entry, std::string const& at)
{
    auto list = made(entry, Yaml::Kind::list);
    auto const more = what.client == "either" ? "open" : "";
    for (auto const& rule : what.rules) list.items.push_back(expectation(entry, rule, at, more));
    if (what.client == "refuses" && is_about_verification_itself(what)) {
        list.items.push_back(expectation(entry, "CRT-16", at));
        list.items.push_back(expectation(entry, "CRT-17", at, "repaired"));
    }
    return list;
}

using mocks::transport::Entry;
using mocks::transport::Part;

constexpr std::string_view everything = "all";
constexpr std::string_view sample = "sample";

bool is_meant(Entry const& entry, std::string_view name)
{
    return name == everything || name == entry.what.id || name == entry.what.category ||
           (name == sample && entry.is_sample);
}

Result<std::vector<Entry const*>> wanted(Yaml const& source, TlsServers& servers)
{
    auto const names = source.texts();
    if (!names) return fail(names);
    bool const is_sample = std::ranges::all_of(*names, [](auto const& name) { return name == sample; });
    auto const entries = servers.get(is_sample ? Part::sample : Part::all);
    if (!entries) return fail(entries);
    std::set<std::string> known{std::string(everything), std::string(sample)};
    for (auto const& entry : **entries) known.insert({entry.what.id, entry.what.category});
    for (auto const& name : *names)
        if (!known.contains(name))
            return std::unexpected(unknown_name(source.at(), "TLS case", name, {known.begin(), known.end()}));
    std::vector<Entry const*> chosen;
    for (auto const& entry : **entries)
        if (std::ranges::any_of(*names, [&](auto const& name) { return is_meant(entry, name); }))
            chosen.push_back(&entry);
    return chosen;
}

Variables one_case(Entry const& chosen, Yaml const& at, Yaml const& flow)
{
    auto const& [entry, what, in_sample] = chosen;
    Variables one{fmt::format("{},{}", at.scalar, what.id), {}};
    one.values["tls"] = entry;
    one.values["case"] = made(entry, Yaml::Kind::scalar, what.id);
    one.values["title"] = made(entry, Yaml::Kind::scalar, what.title);
    one.values["at"] = at;
    one.values["flow"] = flow;
    one.values["expect"] = expectations(what, entry, at.scalar);
    return one;
}

}  // namespace

bool names_tls_cases(Yaml const& source)
{
    return source.is_map() && source.find("tls") != nullptr;
}

Result<std::vector<Variables>> expand_tls_cases(Yaml const& source, TlsServers& servers)
{
    if (auto const known = source.only("`for`", {"tls", "at"}); !known) return fail(known);
    auto const chosen = wanted(*source.find("tls"), servers);
    if (!chosen) return fail(chosen);
    auto const* const at = source.find("at");
    if (at == nullptr || !at->is_map() || at->members.empty())
        return source.wrong("these TLS cases have no connection", "add `at: {ENDPOINT: FLOW}`");
    std::vector<Variables> cases;
    for (auto const& [place, flow] : at->members)
        for (auto const* const entry : *chosen) cases.push_back(one_case(*entry, place, flow));
    return cases;
}

}  // namespace keur::scenario
