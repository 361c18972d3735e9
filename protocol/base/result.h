#pragma once

#include <expected>
#include <string>
#include <utility>

namespace keur {

// What went wrong, where, and what to do about it. Printed as `where: what; remedy`.
struct Error {
    std::string where;   // file:line:column, or the party and the message it was handling; may be empty
    std::string what;    // what is wrong, with the offending value quoted
    std::string remedy;  // what to do about it; may be empty

    bool operator==(Error const&) const = default;

    // One line: `where: what; remedy`, leaving out the parts that are empty.
    [[nodiscard]] std::string text() const;
};

template <class T>
using Result = std::expected<T, Error>;

// Builds the error branch of a Result.
[[nodiscard]] inline std::unexpected<Error> fail(std::string where, std::string what, std::string remedy = {})
{
    return std::unexpected(Error{std::move(where), std::move(what), std::move(remedy)});
}

// Hands the error of one Result on as the error of another.
template <class T>
[[nodiscard]] std::unexpected<Error> fail(Result<T> const& failed)
{
    return std::unexpected(failed.error());
}

}  // namespace keur
