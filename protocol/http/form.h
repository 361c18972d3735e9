#pragma once

#include "protocol/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keur::http {

// Parameters of a query or of an application/x-www-form-urlencoded body (URL Standard §5; RFC 6749 Appendix B), in
// order, repeats kept.
class Form {
public:
    Form() = default;
    Form(std::initializer_list<std::pair<std::string, std::string>> pairs) : pairs_(pairs) {}

    void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
    void set(std::string_view name, std::string value);  // replaces the first, removes further ones; adds when absent
    void remove(std::string_view name);

    [[nodiscard]] std::optional<std::string> find(std::string_view name) const;  // the first of that name
    [[nodiscard]] std::string get(std::string_view name) const;                  // the first of that name, or empty
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    // Names that appear more than once (RFC 6749 §3.1, §3.2 forbid it).
    [[nodiscard]] std::vector<std::string> repeated() const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& pairs() const { return pairs_; }

    bool operator==(Form const&) const = default;

private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

// Parses `a=1&b=2`. Fails on a broken percent-escape, on decoded bytes that are not UTF-8, and on more than 1000
// parameters.
[[nodiscard]] Result<Form> parse_form(std::string_view text);
// The canonical text; parse_form(to_text(f)) gives f back.
[[nodiscard]] std::string to_text(Form const& form);

// Percent-encoding of everything but unreserved characters (RFC 3986 §2.3).
[[nodiscard]] std::string percent_encode(std::string_view bytes);
[[nodiscard]] Result<std::string> percent_decode(std::string_view text);

}  // namespace keur::http
