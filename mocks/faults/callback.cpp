#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace keur::mocks {

namespace {

// Another value of the same shape: letters stay letters, digits stay digits.
std::string forged(std::string const& value, Random& random)
{
    if (value.empty()) return random.token(16);
    auto made = value;
    while (made == value)
        for (auto& c : made) {
            auto const u = static_cast<unsigned char>(c);
            if (std::isdigit(u) != 0)
                c = static_cast<char>('0' + random.below(10));
            else if (std::islower(u) != 0)
                c = static_cast<char>('a' + random.below(26));
            else if (std::isupper(u) != 0)
                c = static_cast<char>('A' + random.below(26));
            else if (value.find_first_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                     std::string::npos)
                return random.token(16);
        }
    return made;
}

std::string case_changed(std::string value)
{
    for (auto& c : value) {
        auto const u = static_cast<unsigned char>(c);
        c = static_cast<char>(std::islower(u) != 0 ? std::toupper(u) : std::tolower(u));
    }
    return value;
}

// One way to change the parameter `name`; returns false when it cannot be done here.
struct ChangeRow {
    std::string_view name;
    bool (*change)(FaultedCallback&, char const* name);
};

bool keep(FaultedCallback&, char const*)
{
    return true;
}
bool drop(FaultedCallback& faulted, char const* name)
{
    faulted.parameters.remove(name);
    return true;
}
bool blank(FaultedCallback& faulted, char const* name)
{
    faulted.parameters.set(name, "");
    return true;
}
bool forge(FaultedCallback& faulted, char const* name)
{
    faulted.parameters.set(name, forged(faulted.parameters.get(name), faulted.random));
    return true;
}
bool truncate(FaultedCallback& faulted, char const* name)
{
    auto const value = faulted.parameters.get(name);
    faulted.parameters.set(name, value.substr(0, value.size() / 2));
    return !value.empty();
}
bool change_case(FaultedCallback& faulted, char const* name)
{
    auto const value = faulted.parameters.get(name);
    faulted.parameters.set(name, case_changed(value));
    return faulted.parameters.get(name) != value;
}
// The right value first, a wrong one after it (RFC 6749 §3.1 forbids both together).
bool repeat(FaultedCallback& faulted, char const* name)
{
    faulted.parameters.add(name, forged(faulted.parameters.get(name), faulted.random));
    return true;
}
bool use_earlier(FaultedCallback& faulted, char const* name)
{
    if (faulted.earlier_states.empty()) return false;
    faulted.parameters.set(name, faulted.earlier_states.back());
    return true;
}
// A state that the client may well have made, but for another browser. Without one, a value of the same shape.
bool use_other_session(FaultedCallback& faulted, char const* name)
{
    return use_earlier(faulted, name) || forge(faulted, name);
}
template <auto const& Kind>
bool use_code_of(FaultedCallback& faulted, char const* name)
{
    faulted.parameters.set(name, faulted.code_of(Kind));
    return true;
}
constexpr char const attacker[] = "attacker";
constexpr char const other_client[] = "other-client";
constexpr char const expired[] = "expired";

constexpr std::array state_rows{
    ChangeRow{"own", keep},       ChangeRow{"missing", drop},        ChangeRow{"forged", forge},
    ChangeRow{"empty", blank},    ChangeRow{"truncated", truncate},  ChangeRow{"case-changed", change_case},
    ChangeRow{"doubled", repeat}, ChangeRow{"earlier", use_earlier}, ChangeRow{"of-another-session", use_other_session},
};
constexpr std::array code_rows{
    ChangeRow{"own", keep},
    ChangeRow{"missing", drop},
    ChangeRow{"forged", forge},
    ChangeRow{"empty", blank},
    ChangeRow{"doubled", repeat},
    ChangeRow{"attacker", use_code_of<attacker>},
    ChangeRow{"other-client", use_code_of<other_client>},
    ChangeRow{"expired", use_code_of<expired>},
};

template <class Rows>
Result<void> check_change(Yaml const& argument, char const* member, Rows const& rows)
{
    auto const* given = argument.find(member);
    if (given == nullptr) return {};
    auto const text = given->text();
    if (!text) return fail(text);
    if (std::ranges::find(rows, *text, &ChangeRow::name) != rows.end()) return {};
    std::vector<std::string> names;
    for (auto const& row : rows) names.emplace_back(row.name);
    return std::unexpected(unknown_name(given->at(), std::string("change of ") + member, *text, names));
}

template <class Rows>
bool change(Yaml const& argument, char const* member, Rows const& rows, FaultedCallback& faulted)
{
    auto const* given = argument.find(member);
    if (given == nullptr) return true;
    auto const row = std::ranges::find(rows, given->scalar, &ChangeRow::name);
    return row != rows.end() && row->change(faulted, member);
}

Result<void> check(Yaml const& argument)
{
    auto const known = only_members(argument, "callback", {"state", "code", "error", "add", "remove", "path", "order"});
    if (!known) return known;
    for (auto const* shared : {"at", "grant"})
        if (auto const* member = argument.find(shared))
            return member->wrong(std::string("a callback has no '") + shared + "'", "use from and times only");
    if (auto right = check_change(argument, "state", state_rows); !right) return right;
    if (auto right = check_change(argument, "code", code_rows); !right) return right;
    if (auto const error = text_or(argument, "error", ""); !error) return fail(error);
    if (auto const add = map_of(argument, "add"); !add) return fail(add);
    if (auto const removed = texts_of(argument, "remove"); !removed) return fail(removed);
    auto const path = text_or(argument, "path", "other");
    if (!path) return fail(path);
    if (*path != "other") return argument.find("path")->wrong("the path can only be other", "write path: other");
    auto const order = text_or(argument, "order", "state-first");
    if (!order) return fail(order);
    if (*order != "state-first" && *order != "code-first")
        return argument.find("order")->wrong("the order is state-first or code-first", "write order: code-first");
    return {};
}

void reorder(http::Form& parameters, std::string const& first)
{
    http::Form made;
    for (auto const& [name, value] : parameters.pairs())
        if (name == first) made.add(name, value);
    for (auto const& [name, value] : parameters.pairs())
        if (name != first) made.add(name, value);
    parameters = std::move(made);
}

bool apply(Yaml const& argument, FaultedCallback& faulted)
{
    bool const done = change(argument, "state", state_rows, faulted) && change(argument, "code", code_rows, faulted);
    if (!done) return false;
    if (auto const error = text_or(argument, "error", ""); error && !error->empty())
        faulted.parameters.set("error", *error);
    if (auto const removed = texts_of(argument, "remove"))
        for (auto const& name : *removed) faulted.parameters.remove(name);
    if (auto const add = map_of(argument, "add"))
        for (auto const& [name, value] : add->members)
            faulted.parameters.add(name.scalar, faulted.fill_in(value.scalar));
    if (argument.find("path") != nullptr) faulted.base += faulted.base.ends_with('/') ? "other" : "/other";
    if (auto const order = text_or(argument, "order", ""); order && !order->empty())
        reorder(faulted.parameters, *order == "state-first" ? "state" : "code");
    return true;
}

}  // namespace

Fault callback()
{
    return {.name = "callback",
            .title =
                "what the browser brings back: {state, code, error: CODE, add: {name: value}, remove: [name], "
                "path: other, order: state-first or code-first}",
            .source = "RFC 6749 §10.12, RFC 9700 §4.5, §4.7",
            .check = check,
            .on_callback = apply};
}

}  // namespace keur::mocks
