#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keur::http {

// Header fields in the order they were sent; names compare without regard to case (RFC 9110 §5.1), repeats are kept.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

    void add(std::string name, std::string value);
    // Replaces every field of that name by one.
    void set(std::string name, std::string value);
    void remove(std::string_view name);

    // The value of the first field of that name; nullopt when absent.
    [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
    // The value of the first field of that name; empty when absent.
    [[nodiscard]] std::string get(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& fields() const { return fields_; }

    bool operator==(Headers const&) const = default;

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// True when the two names are equal apart from ASCII case.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);

}  // namespace keur::http
