#include "protocol/http/challenge.h"

#include "protocol/base/encoding.h"
#include "protocol/http/header.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::http {

namespace {

bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_token_character(char c)  // RFC 9110 §5.6.2
{
    return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token68_character(char c)  // RFC 9110 §11.2
{
    return is_alphanumeric(c) || std::string_view("-._~+/").find(c) != std::string_view::npos;
}

// Reads from the front of a field value; what it returns is taken off.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }

    void skip(std::string_view characters)
    {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size()));
    }
    std::string token()
    {
        return take([](char c) { return is_token_character(c); });
    }

    // A token68 that fills the rest of its list element; otherwise nothing is taken.
    std::optional<std::string> token68()
    {
        Reader ahead = *this;
        auto text = ahead.take(is_token68_character);
        if (text.empty()) return std::nullopt;
        text += ahead.take([](char c) { return c == '='; });
        ahead.skip(" \t");
        if (!ahead.is_at_end() && ahead.rest().front() != ',') return std::nullopt;
        *this = ahead;
        return text;
    }
    // `= value` or `= "value"`; otherwise nothing is taken.
    std::optional<std::string> parameter_value()
    {
        Reader ahead = *this;
        ahead.skip(" \t");
        if (!ahead.take_one('=')) return std::nullopt;
        ahead.skip(" \t");
        auto value = ahead.take_one('"') ? ahead.quoted() : std::optional(ahead.token());
        if (!value) return std::nullopt;
        *this = ahead;
        return value;
    }

private:
    template <class Accept>
    std::string take(Accept accept)
    {
        auto const end = std::ranges::find_if_not(rest_, accept);
        std::string taken(rest_.begin(), end);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    bool take_one(char c)
    {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::optional<std::string> quoted()
    {
        std::string value;
        for (std::size_t i = 0; i < rest_.size(); ++i) {
            if (rest_[i] == '"') {
                rest_.remove_prefix(i + 1);
                return value;
            }
            if (rest_[i] == '\\' && ++i == rest_.size()) break;
            value += rest_[i];
        }
        return std::nullopt;
    }

    std::string_view rest_;
};

std::unexpected<Error> bad_challenge(std::string_view rest)
{
    return fail("WWW-Authenticate", fmt::format("'{}' is no challenge", excerpt(rest, 80)),
                "write Scheme name=\"value\", …");
}

Result<void> add_parameter(Challenge& challenge, std::string name, std::string value)
{
    if (challenge.find(name))
        return fail("WWW-Authenticate", fmt::format("parameter '{}' appears twice in one challenge", name),
                    "send it once (RFC 9110 §11.2)");
    challenge.parameters.emplace_back(std::move(name), std::move(value));
    return {};
}

// One list element: a parameter of the challenge before it, or the start of the next challenge.
Result<void> read_element(Reader& reader, std::vector<Challenge>& challenges)
{
    auto name = reader.token();
    if (name.empty()) return bad_challenge(reader.rest());
    bool const may_be_parameter = !challenges.empty() && challenges.back().token68.empty();
    if (auto value = may_be_parameter ? reader.parameter_value() : std::nullopt)
        return add_parameter(challenges.back(), std::move(name), std::move(*value));
    auto& challenge = challenges.emplace_back(Challenge{std::move(name), {}, {}});
    if (reader.is_at_end() || reader.rest().front() == ',') return {};
    if (reader.rest().front() != ' ') return bad_challenge(reader.rest());
    reader.skip(" ");
    if (reader.is_at_end() || reader.rest().front() == ',') return {};
    if (auto text = reader.token68()) {
        challenge.token68 = std::move(*text);
        return {};
    }
    auto first = reader.token();
    auto value = reader.parameter_value();
    if (first.empty() || !value) return bad_challenge(reader.rest());
    return add_parameter(challenge, std::move(first), std::move(*value));
}

}  // namespace

std::optional<std::string> Challenge::find(std::string_view name) const
{
    auto const found =
        std::ranges::find_if(parameters, [&](auto const& parameter) { return same_name(parameter.first, name); });
    return found == parameters.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<Challenge>> parse_challenges(std::string_view value)
{
    std::vector<Challenge> challenges;
    Reader reader(value);
    reader.skip(", \t");
    while (!reader.is_at_end()) {
        if (auto const read = read_element(reader, challenges); !read) return fail(read);
        reader.skip(" \t");
        if (!reader.is_at_end() && reader.rest().front() != ',') return bad_challenge(reader.rest());
        reader.skip(", \t");
    }
    if (challenges.empty()) return bad_challenge(value);
    return challenges;
}

std::string to_text(Challenge const& challenge)
{
    auto text = challenge.scheme;
    if (!challenge.token68.empty()) return text + ' ' + challenge.token68;
    std::string_view joint = " ";
    for (auto const& [name, value] : challenge.parameters) {
        text += joint;
        text += name + "=\"";
        for (char const c : value) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
        joint = ", ";
    }
    return text;
}

}  // namespace keur::http
