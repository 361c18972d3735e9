#pragma once

#include "protocol/base/json.h"
#include "protocol/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keur {

struct YamlMember;

// One node of a YAML file that remembers where it stands, so that every complaint can say `file:line:column`.
// A plain value: it owns its children, and copies are independent.
class Yaml {
public:
    enum class Kind { null, scalar, list, map };

    Kind kind = Kind::null;
    std::string scalar;                 // text as written; empty unless kind is scalar
    bool quoted = false;                // the scalar stood in quotes, so it is text whatever it looks like
    std::vector<Yaml> items;            // of a list
    std::vector<YamlMember> members;    // of a map, in the order of the file; keys are scalars
    std::string const* file = nullptr;  // its name, which lives as long as the program; null in a node made by hand
    int line = 0;                       // from 1
    int column = 0;                     // from 1

    // `file:line:column`; empty when the node stands in no file.
    [[nodiscard]] std::string at() const;
    // An error at this place.
    [[nodiscard]] std::unexpected<Error> wrong(std::string what, std::string remedy = {}) const;

    [[nodiscard]] bool is_map() const { return kind == Kind::map; }
    [[nodiscard]] bool is_list() const { return kind == Kind::list; }
    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_null() const { return kind == Kind::null; }

    // The member `name`, or nullptr; valid as long as this node.
    [[nodiscard]] Yaml const* find(std::string_view name) const;

    // Typed reading; each fails with the place and what was expected instead.
    [[nodiscard]] Result<std::string> text() const;
    [[nodiscard]] Result<bool> yes_no() const;  // yes/no, true/false
    [[nodiscard]] Result<long long> number() const;
    // A list of scalars; a single scalar counts as a list of one, null as an empty list.
    [[nodiscard]] Result<std::vector<std::string>> texts() const;
    // Duration such as `90s`, `2m`, `1h`, `180d`, `250ms`, with an optional sign; in milliseconds.
    [[nodiscard]] Result<long long> milliseconds() const;

    // Fails on a member whose name is not in `known`.
    [[nodiscard]] Result<void> only(std::string_view kind_of_thing, std::vector<std::string> const& known) const;

    // The same value as JSON: unquoted scalars become null, booleans (true/false/yes/no) and numbers where they look
    // so.
    [[nodiscard]] Json json() const;
};

// Key and value of a map.
struct YamlMember {
    Yaml first;
    Yaml second;
};

// Parses one YAML document. Fails, with the place, on syntax errors, anchors, aliases and tags (so no cycles and no
// blow-up), keys that are not scalars, a key that appears twice, nesting beyond 32 levels, more than 2000 members of a
// map or 100,000 values in all, text over 4 MiB or not UTF-8.
[[nodiscard]] Result<Yaml> parse_yaml(std::string_view text, std::string const& file);

// Reads and parses a file; fails with the file's name when it cannot be read.
[[nodiscard]] Result<Yaml> load_yaml(std::filesystem::path const& file);

}  // namespace keur
