#include "protocol/base/yaml.h"

#include "protocol/base/encoding.h"
#include "protocol/base/file.h"
#include "protocol/base/names.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>
#include <new>
#include <set>

namespace keur {

namespace {

std::string place(std::string const& file, yaml_mark_t const& mark)
{
    return fmt::format("{}:{}:{}", file, mark.line + 1, mark.column + 1);
}

// Thrown by Builder and caught in parse_yaml, to stop at the first cause.
struct Stop {
    Error error;
};

// The one text for a file of that name. Files are few and read by several threads; their names stay for the complaints.
std::string const* name_of_file(std::string const& file)
{
    static std::mutex mutex;
    static std::set<std::string> names;
    std::scoped_lock const lock(mutex);
    return &*names.insert(file).first;
}

// Builds Yaml nodes from libyaml's events. Its document tree is not used: it follows aliases and keeps duplicate keys.
// A list or map that is open is the last child of the one before it, so none moves while it grows.
class Builder {
public:
    explicit Builder(std::string const& file) : file_(name_of_file(file)) {}

    Yaml root;

    void take(yaml_event_t const& event)
    {
        switch (event.type) {
            case YAML_ALIAS_EVENT: refuse(event.start_mark, "an alias (*name)");
            case YAML_SCALAR_EVENT: return scalar(event);
            case YAML_SEQUENCE_START_EVENT:
                check(event.start_mark, event.data.sequence_start.anchor, event.data.sequence_start.tag);
                return open(Yaml::Kind::list, event.start_mark);
            case YAML_MAPPING_START_EVENT:
                check(event.start_mark, event.data.mapping_start.anchor, event.data.mapping_start.tag);
                return open(Yaml::Kind::map, event.start_mark);
            case YAML_SEQUENCE_END_EVENT:
            case YAML_MAPPING_END_EVENT: open_.pop_back(); return;
            default: return;
        }
    }

private:
    struct Open {
        Yaml* node;
        bool key_waits = false;  // the last key of this map has no value yet
    };

    [[noreturn]] void stop(yaml_mark_t const& mark, std::string what, std::string remedy) const
    {
        throw Stop{{place(*file_, mark), std::move(what), std::move(remedy)}};
    }
    [[noreturn]] void refuse(yaml_mark_t const& mark, std::string_view thing) const
    {
        stop(mark, fmt::format("{} is not used in these files", thing), "write the value out where it is needed");
    }
    void check(yaml_mark_t const& mark, yaml_char_t const* anchor, yaml_char_t const* tag) const
    {
        if (anchor != nullptr) refuse(mark, "an anchor (&name)");
        if (tag == nullptr) return;
        refuse(mark, fmt::format("the tag '{}'", excerpt(reinterpret_cast<char const*>(tag), 40)));
    }
    void scalar(yaml_event_t const& event)
    {
        auto const& scalar = event.data.scalar;
        check(event.start_mark, scalar.anchor, scalar.tag);
        std::string_view const text(reinterpret_cast<char const*>(scalar.value), scalar.length);
        bool const quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
        bool const is_null = !quoted && (text.empty() || text == "~" || text == "null");
        if (is_key_next()) return key(event.start_mark, is_null, text, quoted);
        fill(next(), event.start_mark, is_null, text, quoted);
    }
    void fill(Yaml& made, yaml_mark_t const& mark, bool is_null, std::string_view text, bool quoted)
    {
        place_at(made, is_null ? Yaml::Kind::null : Yaml::Kind::scalar, mark);
        if (!is_null) made.scalar.assign(text);
        made.quoted = quoted;
    }
    void place_at(Yaml& made, Yaml::Kind kind, yaml_mark_t const& mark)
    {
        constexpr std::size_t most_nodes = 100'000;
        if (++nodes_ > most_nodes) stop(mark, fmt::format("the file has more than {} values", most_nodes), "split it");
        made.kind = kind;
        made.file = file_;
        made.line = static_cast<int>(mark.line) + 1;
        made.column = static_cast<int>(mark.column) + 1;
    }
    void open(Yaml::Kind kind, yaml_mark_t const& mark)
    {
        if (is_key_next()) refuse_key(mark);
        auto& made = next();
        place_at(made, kind, mark);
        constexpr std::size_t deepest = 32;
        if (open_.size() >= deepest)
            stop(mark, fmt::format("the file nests deeper than {} levels", deepest), "flatten it");
        open_.push_back({&made});
    }
    // Where the next value goes.
    Yaml& next()
    {
        if (open_.empty()) return root;
        auto& [parent, key_waits] = open_.back();
        if (parent->kind == Yaml::Kind::list) return parent->items.emplace_back();
        key_waits = false;
        return parent->members.back().second;
    }
    [[nodiscard]] bool is_key_next() const
    {
        return !open_.empty() && open_.back().node->kind == Yaml::Kind::map && !open_.back().key_waits;
    }
    [[noreturn]] void refuse_key(yaml_mark_t const& mark) const
    {
        stop(mark, "a key must be plain text", "use `name: value`");
    }
    void key(yaml_mark_t const& mark, bool is_null, std::string_view text, bool quoted)
    {
        if (is_null) refuse_key(mark);
        auto& [parent, key_waits] = open_.back();
        constexpr std::size_t most_members = 2000;  // they are found by walking
        if (parent->members.size() == most_members)
            stop(mark, fmt::format("a map has more than {} members", most_members), "split it");
        auto const same = std::ranges::find(parent->members, text,
                                            [](auto const& member) -> std::string_view { return member.first.scalar; });
        if (same != parent->members.end())
            stop(mark, fmt::format("'{}' appears twice, first in line {}", excerpt(text, 80), same->first.line),
                 "keep one of them");
        fill(parent->members.emplace_back().first, mark, false, text, quoted);
        key_waits = true;
    }

    std::string const* file_;
    std::size_t nodes_ = 0;
    std::vector<Open> open_;
};

// libyaml's parser and the event it gave last, which lives until the next one.
class Parser {
public:
    explicit Parser(std::string_view text)
    {
        if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
        yaml_parser_set_input_string(&parser_, reinterpret_cast<unsigned char const*>(text.data()), text.size());
    }
    Parser(Parser const&) = delete;
    Parser& operator=(Parser const&) = delete;
    ~Parser()
    {
        yaml_event_delete(&event_);
        yaml_parser_delete(&parser_);
    }

    // Null on an error, which complaint() tells.
    yaml_event_t const* next()
    {
        yaml_event_delete(&event_);
        event_ = {};
        return yaml_parser_parse(&parser_, &event_) != 0 ? &event_ : nullptr;
    }

    [[nodiscard]] Error complaint(std::string const& file) const
    {
        std::string_view const problem = parser_.problem != nullptr ? parser_.problem : "it ends too early";
        return {place(file, parser_.problem_mark), "not YAML: " + printable(problem),
                "look at the indentation and quotes there"};
    }

private:
    yaml_parser_t parser_{};
    yaml_event_t event_{};
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
        case Yaml::Kind::scalar: return fmt::format("'{}'", excerpt(node.scalar, 80));
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
    return file == nullptr ? std::string() : fmt::format("{}:{}:{}", *file, line, column);
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
    Parser parser(text);
    Builder builder(file);
    try {
        for (int documents = 0;;) {
            auto const event = parser.next();
            if (!event) return std::unexpected(parser.complaint(file));
            if (event->type == YAML_STREAM_END_EVENT && documents == 0)
                return fail(file + ":1:1", "the file is empty", "write at least one member");
            if (event->type == YAML_STREAM_END_EVENT) return std::move(builder.root);
            if (event->type == YAML_DOCUMENT_START_EVENT && ++documents == 2)
                return fail(place(file, event->start_mark), "a second document in one file",
                            "give it a file of its own");
            builder.take(*event);
        }
    } catch (Stop& stopped) {
        return std::unexpected(std::move(stopped.error));
    }
}

Result<Yaml> load_yaml(std::filesystem::path const& file)
{
    auto const text = read_file(file);
    if (!text) return fail(text);
    return parse_yaml(*text, file.string());
}

}  // namespace keur
