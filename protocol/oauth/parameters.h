#pragma once

#include "protocol/base/result.h"
#include "protocol/http/form.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace keur::oauth {

// Which member of a message a parameter goes to.
template <class Message>
struct Parameter {
    std::string_view name;
    std::optional<std::string> Message::* member;
};

// Fails when a parameter is repeated (RFC 6749 §3.1, §3.2); `message` names the message.
[[nodiscard]] Result<void> refuse_repeats(http::Form const& form, std::string_view message);

// Sorts the parameters of a form into the members of a message; one without a value counts as absent (RFC 6749 §3.1).
// Those that no row names go to `others`.
template <class Message>
[[nodiscard]] Result<Message> read_parameters(http::Form const& form, std::span<Parameter<Message> const> rows,
                                              std::string_view name)
{
    if (auto const once = refuse_repeats(form, name); !once) return fail(once);
    Message message;
    for (auto const& [key, value] : form.pairs()) {
        if (value.empty()) continue;
        std::optional<std::string> Message::* member = nullptr;
        for (auto const& row : rows)
            if (row.name == key) member = row.member;
        if (member != nullptr)
            message.*member = value;
        else
            message.others.add(key, value);
    }
    return message;
}

// The members that are there, in the order of the rows, then the others.
template <class Message>
[[nodiscard]] http::Form write_parameters(Message const& message, std::span<Parameter<Message> const> rows)
{
    http::Form form;
    for (auto const& row : rows)
        if (auto const& value = message.*row.member) form.add(std::string(row.name), *value);
    for (auto const& [key, value] : message.others.pairs()) form.add(key, value);
    return form;
}

}  // namespace keur::oauth
