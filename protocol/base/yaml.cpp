#include "protocol/base/yaml.h"

#include "protocol/base/encoding.h"
#include "protocol/base/file.h"
#include "protocol/base/names.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

namespace keur {

namespace {

// Thrown through yaml-cpp's event loop and caught in parse_yaml, to stop at the first cause.
struct Stop {
    Error error;
};

// Builds Yaml nodes from yaml-cpp's events. Its node tree is not used: it follows aliases and forgets duplicate keys.
class Builder final : public YAML::EventHandler {
public:
    explicit Builder(std::string file) : file_(std::move(file)) {}

    Yaml root;

    void OnDocumentStart(YAML::Mark const&) override {}
    void OnDocumentEnd() override {}
    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override { add(node(Yaml::Kind::null, mark, anchor)); }
    void OnAlias(YAML::Mark const& mark, YAML::anchor_t) override { refuse(mark, "an alias (*name)"); }
    void OnAnchor(YAML::Mark const& mark, std::string const&) override { refuse(mark, "an anchor (&name)"); }

    void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  std::string const& value) override
    {
        check_tag(mark, tag);
        auto made = node(Yaml::Kind::scalar, mark, anchor);
        made.scalar = value;
        made.quoted = tag == "!";
        if (!made.quoted && (value == "~" || value == "null")) made.kind = Yaml::Kind::null;
        add(std::move(made));
    }
    void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        check_tag(mark, tag);
        open(node(Yaml::Kind::list, mark, anchor));
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        check_tag(mark, tag);
        open(node(Yaml::Kind::map, mark, anchor));
    }
    void OnMapEnd() override { close(); }

private:
    [[noreturn]] void stop(YAML::Mark const& mark, std::string what, std::string remedy) const
    {
        throw Stop{
            {fmt::format("{}:{}:{}", file_, mark.line + 1, mark.column + 1), std::move(what), std::move(remedy)}};
    }
    [[noreturn]] void refuse(YAML::Mark const& mark, std::string_view thing) const
    {
        stop(mark, fmt::format("{} is not used in these files", thing), "write the value out where it is needed");
    }
    void check_tag(YAML::Mark const& mark, std::string const& tag) const
    {
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(mark, fmt::format("the tag '{}'", shortened(printable(tag), 40)));
    }
    Yaml node(Yaml::Kind kind, YAML::Mark const& mark, YAML::anchor_t anchor)
    {
        constexpr std::size_t most_nodes = 100'000;
        if (anchor != 0) refuse(mark, "an anchor (&name)");
        if (++nodes_ > most_nodes) stop(mark, fmt::format("the file has more than {} values", most_nodes), "split it");
        Yaml made;
        made.kind = kind;
        made.file = file_;
        made.line = mark.line + 1;
        made.column = mark.column + 1;
        return made;
    }
    void open(Yaml made)
    {
        constexpr std::size_t deepest = 32;
        if (open_.size() >= deepest)
            throw Stop{{made.at(), fmt::format("the file nests deeper than {} levels", deepest), "flatten it"}};
        open_.push_back(std::move(made));
    }
    void close()
    {
        auto made = std::move(open_.back());
        open_.pop_back();
        add(std::move(made));
    }
    void add(Yaml made)
    {
        if (open_.empty()) {
            root = std::move(made);
            return;
        }
        auto& parent = open_.back();
        if (parent.kind == Yaml::Kind::list)
            parent.items.push_back(std::move(made));
        else if (keys_waiting(parent))
            parent.members.back().second = std::move(made), waiting_.pop_back();
        else
            add_key(parent, std::move(made));
    }
    [[nodiscard]] bool keys_waiting(Yaml const&) const { return !waiting_.empty() && waiting_.back() == open_.size(); }
    void add_key(Yaml& parent, Yaml key)
    {
        if (!key.is_scalar()) throw Stop{{key.at(), "a key must be plain text", "use `name: value`"}};
        constexpr std::size_t most_members = 2000;  // they are found by walking
        if (parent.members.size() == most_members)
            throw Stop{{key.at(), fmt::format("a map has more than {} members", most_members), "split it"}};
        auto const same = std::ranges::find(parent.members, key.scalar,
                                            [](auto const& member) -> std::string_view { return member.first.scalar; });
        if (same != parent.members.end())
            throw Stop{{key.at(),
                        fmt::format("'{}' appears twice, first in line {}", shortened(printable(key.scalar), 80),
                                    same->first.line),
                        "keep one of them"}};
        parent.members.emplace_back(std::move(key), Yaml{});
        waiting_.push_back(open_.size());
    }

    std::string file_;
    std::size_t nodes_ = 0;
    std::vector<Yaml> open_;
    std::vector<std::size_t> waiting_;  // depths of maps whose last key has no value yet
};

template <class Number>
bool reads_as(std::string_view text, Number& number)
{
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc{} && end == text.data() + text.size();
}

std::string describe(Yaml const& node)
{
    switch (node.kind) {
        case Yaml::Kind::null: return "nothing";
        case Yaml::Kind::scalar: return fmt::format("'{}'", shortened(printable(node.scalar), 80));
        case Yaml::Kind::list: return "a list";
        case Yaml::Kind::map: return "a map";
    }
    return {};
}

Json scalar_json(Yaml const& node)
{
    auto const& text = node.scalar;
    if (node.quoted) return text;
    if (text == "true" || text == "yes") return true;
    if (text == "false" || text == "no") return false;
    if (long long whole = 0; reads_as(text, whole)) return whole;
    if (double real = 0; text.find_first_of(".eE") != std::string::npos && reads_as(text, real)) return real;
    return text;
}

}  // namespace

std::string Yaml::at() const
{
    return fmt::format("{}:{}:{}", file, line, column);
}

std::unexpected<Error> Yaml::wrong(std::string what, std::string remedy) const
{
    return fail(at(), std::move(what), std::move(remedy));
}

Yaml const* Yaml::find(std::string_view name) const
{
    auto const found =
        std::ranges::find(members, name, [](auto const& member) -> std::string_view { return member.first.scalar; });
    return found == members.end() ? nullptr : &found->second;
}

Result<std::string> Yaml::text() const
{
    if (!is_scalar()) return wrong(fmt::format("expected text, found {}", describe(*this)), "write `name: value`");
    return scalar;
}

Result<bool> Yaml::yes_no() const
{
    if (is_scalar() && (scalar == "yes" || scalar == "true")) return true;
    if (is_scalar() && (scalar == "no" || scalar == "false")) return false;
    return wrong(fmt::format("expected yes or no, found {}", describe(*this)), "write yes or no");
}

Result<long long> Yaml::number() const
{
    if (long long value = 0; is_scalar() && reads_as(scalar, value)) return value;
    return wrong(fmt::format("expected a whole number, found {}", describe(*this)), "write digits only");
}

Result<std::vector<std::string>> Yaml::texts() const
{
    std::vector<std::string> result;
    if (is_null()) return result;
    if (is_scalar()) return std::vector{scalar};
    if (is_map()) return wrong("expected a list of texts, found a map", "write [a, b]");
    for (auto const& item : items) {
        auto text = item.text();
        if (!text) return fail(text);
        result.push_back(std::move(*text));
    }
    return result;
}

Result<long long> Yaml::milliseconds() const
{
    struct Unit {
        std::string_view suffix;
        long long milliseconds;
    };
    constexpr std::array units{Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000}, Unit{"h", 3'600'000},
                               Unit{"d", 86'400'000}};
    constexpr long long most = 1'000'000'000;
    std::string_view rest = scalar;
    if (rest.starts_with('+') && !rest.starts_with("+-")) rest.remove_prefix(1);
    auto const digits_end = std::min(rest.find_first_not_of("-0123456789"), rest.size());
    auto const unit = std::ranges::find(units, rest.substr(digits_end), &Unit::suffix);
    long long count = 0;
    if (!is_scalar() || unit == units.end() || !reads_as(rest.substr(0, digits_end), count) || count > most ||
        count < -most)
        return wrong(fmt::format("expected a duration, found {}", describe(*this)),
                     "write a number and ms, s, m, h or d, such as 90s");
    return count * unit->milliseconds;
}

Result<void> Yaml::only(std::string_view kind_of_thing, std::vector<std::string> const& known) const
{
    if (!is_map())
        return wrong(fmt::format("{} must be a map, found {}", kind_of_thing, describe(*this)),
                     "write `name: value` lines");
    for (auto const& [key, value] : members)
        if (std::ranges::find(known, key.scalar) == known.end())
            return std::unexpected(
                unknown_name(key.at(), fmt::format("member of {}", kind_of_thing), key.scalar, known));
    return {};
}

Json Yaml::json() const
{
    switch (kind) {
        case Kind::null: return nullptr;
        case Kind::scalar: return scalar_json(*this);
        case Kind::list: {
            auto list = Json::array();
            for (auto const& item : items) list.push_back(item.json());
            return list;
        }
        case Kind::map: {
            auto object = Json::object();
            for (auto const& [key, value] : members) object[key.scalar] = value.json();
            return object;
        }
    }
    return nullptr;
}

Result<Yaml> parse_yaml(std::string_view text, std::string const& file)
{
    constexpr std::size_t most_bytes = 4U << 20U;
    if (text.size() > most_bytes) return fail(file, "the file is larger than 4 MiB", "split it");
    if (!is_utf8(text)) return fail(file, "the file is not UTF-8", "save it as UTF-8");
    if (text.find('\0') != std::string_view::npos)
        return fail(file, "the file has a NUL byte", "save it as plain text");
    std::istringstream stream{std::string(text)};
    Builder builder(file);
    try {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder))
            return fail(file + ":1:1", "the file is empty", "write at least one member");
        Builder second(file);
        if (parser.HandleNextDocument(second))
            return second.root.wrong("a second document in one file", "give it a file of its own");
    } catch (Stop& stopped) {
        return std::unexpected(std::move(stopped.error));
    } catch (YAML::Exception const& error) {
        return fail(fmt::format("{}:{}:{}", file, error.mark.line + 1, error.mark.column + 1),
                    "not YAML: " + printable(error.msg), "look at the indentation and quotes there");
    }
    return std::move(builder.root);
}

Result<Yaml> load_yaml(std::filesystem::path const& file)
{
    auto const text = read_file(file);
    if (!text) return fail(text);
    return parse_yaml(*text, file.string());
}

}  // namespace keur
