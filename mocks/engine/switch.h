#pragma once

#include "protocol/base/json.h"
#include "protocol/base/yaml.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace keur::mocks {

// One value of a profile that a scenario may set otherwise, because documents disagree or are silent.
struct Switch {
    std::string path;    // `refresh.rotation`
    std::string title;   // what it decides
    std::string values;  // what is allowed, in words
    // Reads a value as written; fails with its place. Durations become milliseconds.
    std::function<Result<Json>(Yaml const&)> read;
    // The value in profiles that do not name it; null: each must.
    Json otherwise = nullptr;
};

// The same switch for profiles that need not name it.
[[nodiscard]] Switch with_default(Switch made, Json value);

// Kinds of switches.
[[nodiscard]] Switch choice(std::string path, std::string title, std::vector<std::string> allowed);
[[nodiscard]] Switch duration(std::string path, std::string title);
[[nodiscard]] Switch count(std::string path, std::string title, long long least, long long most);
[[nodiscard]] Switch yes_or_no(std::string path, std::string title);
[[nodiscard]] Switch some_of(std::string path, std::string title, std::vector<std::string> allowed);
[[nodiscard]] Switch text(std::string path, std::string title);

// The switches of the engine itself.
[[nodiscard]] std::vector<Switch> const& engine_switches();

// Values of all switches of one platform. Asking for a path that no switch has, or as another type, is our own bug and
// throws.
class SwitchValues {
public:
    void set(std::string const& path, Json value) { values_[path] = std::move(value); }
    [[nodiscard]] bool has(std::string const& path) const { return values_.contains(path); }

    [[nodiscard]] bool is(std::string const& path, std::string_view value) const { return text(path) == value; }
    [[nodiscard]] std::string const& text(std::string const& path) const;
    [[nodiscard]] std::chrono::milliseconds duration(std::string const& path) const;
    [[nodiscard]] long long number(std::string const& path) const;
    [[nodiscard]] bool yes(std::string const& path) const;
    [[nodiscard]] std::vector<std::string> texts(std::string const& path) const;
    [[nodiscard]] Json const& value(std::string const& path) const { return values_.at(path); }

private:
    std::map<std::string, Json> values_;
};

}  // namespace keur::mocks
