#include "harness/scenario/client.h"

#include "harness/scenario/client_page.h"
#include "harness/scenario/members.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur {

namespace {

using Way = Client::Way;
using Path = std::filesystem::path;

std::vector<std::string> const& action_names()
{
    static std::vector<std::string> const names{"sign-in", "callback", "call",    "refresh",
                                                "token",   "hand-off", "sign-out"};
    return names;
}

// Program and arguments.
Result<std::vector<std::string>> command(Yaml const& source)
{
    if (!source.is_list() || source.items.empty())
        return source.wrong("this is no command", "write a list: [program, argument]");
    std::vector<std::string> words;
    for (auto const& item : source.items) {
        auto text = scenario::template_text(item);
        if (!text) return fail(text);
        words.push_back(std::move(*text));
    }
    return words;
}

template <class Value>
Result<void> take(Result<Value> value, Value& into)
{
    if (!value) return fail(value);
    into = std::move(*value);
    return {};
}

using Read = Result<void> (*)(Yaml const& value, Client& client);

Result<void> read_title(Yaml const& value, Client& client)
{
    return take(value.text(), client.title);
}

Result<void> read_version(Yaml const& value, Client& client)
{
    if (!value.is_map()) return take(value.text(), client.version);
    if (auto const known = value.only("`version`", {"command"}); !known) return known;
    auto const* program = value.find("command");
    if (program == nullptr) return value.wrong("`version` is empty", "write {command: [program, argument]} or a text");
    return take(command(*program), client.version_command);
}

Result<void> read_way(Yaml const& value, Client& client)
{
    constexpr std::array rows{std::pair{"adapter", Way::adapter}, std::pair{"command", Way::command},
                              std::pair{"web-application", Way::web_application}};
    auto const text = value.text();
    if (!text) return fail(text);
    auto const row = std::ranges::find(rows, *text, [](auto const& one) { return std::string(one.first); });
    if (row == rows.end())
        return std::unexpected(unknown_name(value.at(), "way in", *text, {"adapter", "command", "web-application"}));
    client.way = row->second;
    return {};
}

Result<void> read_start(Yaml const& value, Client& client)
{
    return take(command(value), client.start);
}

bool is_variable_name(std::string_view name)
{
    return !name.empty() && name.find_first_of(std::string_view("=\0 ", 3)) == std::string_view::npos;
}

Result<void> read_environment(Yaml const& value, Client& client)
{
    if (!value.is_map()) return value.wrong("`environment` is no map", "write {NAME: value}");
    static std::vector<std::string> const own{"KEUR_SETTINGS", "HOME", "LD_PRELOAD"};
    for (auto const& [name, member] : value.members) {
        if (!is_variable_name(name.scalar))
            return name.wrong(fmt::format("'{}' is no name of an environment variable", printable(name.scalar)),
                              "use letters, digits and _");
        if (std::ranges::find(own, name.scalar) != own.end())
            return name.wrong(fmt::format("keur sets {} itself", name.scalar), "remove it");
        auto text = scenario::template_text(member);
        if (!text) return fail(text);
        client.environment[name.scalar] = std::move(*text);
    }
    return {};
}

Result<void> read_systems(Yaml const& value, Client& client)
{
    client.systems_at = value.at();
    return take(value.texts(), client.systems);
}

Result<void> read_flows(Yaml const& value, Client& client)
{
    client.flows_at = value.at();
    return take(value.texts(), client.flows);
}

Result<void> read_clock(Yaml const& value, Client& client)
{
    auto const text = value.text();
    if (!text) return fail(text);
    if (*text != "preload" && *text != "none")
        return std::unexpected(unknown_name(value.at(), "way to move the clock", *text, {"preload", "none"}));
    client.follows_clock = *text == "preload";
    return {};
}

Result<void> read_answer_limit(Yaml const& value, Client& client)
{
    auto const milliseconds = value.milliseconds();
    if (!milliseconds) return fail(milliseconds);
    constexpr long long most = 600'000;
    if (*milliseconds <= 0 || *milliseconds > most)
        return value.wrong(fmt::format("'{}' is no limit for an answer", value.scalar),
                           "write 1ms to 10m, such as 10s");
    client.answer_limit = std::chrono::milliseconds(*milliseconds);
    return {};
}

Result<void> read_needs(Yaml const& value, Client& client)
{
    for (auto const& item : value.items)
        if (auto const right = scenario::check_templates(item); !right) return right;
    return take(value.texts(), client.needs);
}

Result<void> read_set_up(Yaml const& value, Client& client)
{
    return take(scenario::template_text(value), client.set_up);
}

Result<void> read_redirect_uri(Yaml const& value, Client& client)
{
    return take(scenario::template_text(value), client.redirect_uri);
}

Result<void> read_logout(Yaml const& value, Client& client)
{
    if (auto const known = value.only("`logout`", {"back-channel", "front-channel"}); !known) return known;
    for (auto const& [name, address] : value.members) {
        if (auto taken = take(scenario::template_text(address), client.logout[name.scalar + "-logout"]); !taken)
            return taken;
    }
    return {};
}

Result<void> read_ready(Yaml const& value, Client& client)
{
    if (auto taken = take(value.text(), client.ready_path); !taken) return taken;
    if (!client.ready_path.starts_with('/'))
        return value.wrong(fmt::format("'{}' is no path", client.ready_path), "start it with /");
    return {};
}

Result<void> read_actions(Yaml const& value, Client& client)
{
    if (auto const known = value.only("`actions`", action_names()); !known) return known;
    for (auto const& [name, words] : value.members) {
        auto read = command(words);
        if (!read) return fail(read);
        client.actions[name.scalar] = std::move(*read);
    }
    return {};
}

Result<void> read_pages(Yaml const& value, Client& client)
{
    if (auto const known = value.only("`pages`", action_names()); !known) return known;
    for (auto const& [name, page] : value.members) {
        if (auto const right = scenario::check_page(page); !right) return right;
        client.pages[name.scalar] = page;
    }
    return {};
}

struct Row {
    std::string_view name;
    bool required;
    Read read;
};
constexpr std::array rows{
    Row{"title", true, read_title},
    Row{"version", false, read_version},
    Row{"way", true, read_way},
    Row{"start", false, read_start},
    Row{"environment", false, read_environment},
    Row{"systems", true, read_systems},
    Row{"flows", true, read_flows},
    Row{"clock", false, read_clock},
    Row{"answer-limit", false, read_answer_limit},
    Row{"needs", false, read_needs},
    Row{"set-up", false, read_set_up},
    Row{"actions", false, read_actions},
    Row{"ready", false, read_ready},
    Row{"pages", false, read_pages},
    Row{"redirect_uri", false, read_redirect_uri},
    Row{"logout", false, read_logout},
};

// What the way in needs, and what belongs to another way.
struct Belonging {
    Way way;
    std::string_view member;
    bool required;
};
constexpr std::array belongings{
    Belonging{Way::adapter, "start", true},
    Belonging{Way::command, "actions", true},
    Belonging{Way::command, "start", false},
    Belonging{Way::web_application, "start", true},
    Belonging{Way::web_application, "pages", true},
    Belonging{Way::web_application, "ready", true},
    Belonging{Way::web_application, "redirect_uri", true},
};

Result<void> check_way(Yaml const& source, Client const& client)
{
    auto const way = source.find("way")->scalar;
    for (auto const& row : belongings)
        if (row.way == client.way && row.required && source.find(row.member) == nullptr)
            return source.wrong(fmt::format("a client of the way '{}' has no `{}`", way, row.member),
                                fmt::format("add `{}: …`", row.member));
    for (auto const* member : {"actions", "pages", "ready"}) {
        bool const belongs = std::ranges::any_of(
            belongings, [&](Belonging const& row) { return row.way == client.way && row.member == member; });
        if (auto const* value = source.find(member); value != nullptr && !belongs)
            return value->wrong(fmt::format("`{}` has no meaning for the way '{}'", member, way), "remove it");
    }
    return {};
}

Path file_of(std::vector<Path> const& roots, std::string const& name)
{
    std::error_code ignored;
    bool const is_path = name.find('/') != std::string::npos;
    for (auto const& root : roots)
        if (auto file = root / "clients" / name / "client.yaml"; !is_path && std::filesystem::exists(file, ignored))
            return file;
    auto file = Path(name) / "client.yaml";
    return std::filesystem::exists(file, ignored) ? file : Path();
}

}  // namespace

Result<Client> read_client(Yaml const& source, std::filesystem::path const& folder)
{
    if (auto const known = source.only("a client", scenario::client_members()); !known) return fail(known);
    Client client;
    client.folder = folder;
    client.name = folder.filename().string();
    client.where = source.at();
    for (auto const& row : rows) {
        auto const* member = source.find(row.name);
        if (member == nullptr && row.required)
            return source.wrong(fmt::format("the client has no `{}`", row.name), fmt::format("add `{}: …`", row.name));
        if (member == nullptr) continue;
        if (auto const read = row.read(*member, client); !read) return fail(read);
    }
    if (auto const right = check_way(source, client); !right) return fail(right);
    return client;
}

Result<Client> load_client(std::vector<std::filesystem::path> const& roots, std::string const& name)
{
    auto const file = file_of(roots, name);
    if (file.empty() && name.find('/') != std::string::npos)
        return fail(name, "there is no client.yaml in this folder", "write one with `keur init`, or correct the path");
    if (file.empty()) {
        auto mistake = unknown_name({}, "client", name, client_names(roots));
        mistake.remedy += "; or name a folder that has a client.yaml";
        return std::unexpected(std::move(mistake));
    }
    auto const source = load_yaml(file);
    if (!source) return fail(source);
    std::error_code ignored;
    auto const folder = std::filesystem::canonical(file.parent_path(), ignored);
    return read_client(*source, folder.empty() ? file.parent_path() : folder);
}

std::vector<std::string> client_names(std::vector<std::filesystem::path> const& roots)
{
    std::vector<std::string> names;
    for (auto const& root : roots) {
        std::error_code failed;
        std::filesystem::directory_iterator entry(root / "clients", failed);
        for (; !failed && entry != std::filesystem::directory_iterator{}; entry.increment(failed))
            if (std::error_code ignored; std::filesystem::exists(entry->path() / "client.yaml", ignored))
                names.push_back(entry->path().filename().string());
    }
    std::ranges::sort(names);
    auto const [first, last] = std::ranges::unique(names);
    names.erase(first, last);
    return names;
}

}  // namespace keur
