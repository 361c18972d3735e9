#pragma once

#include "protocol/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur {

// What came back from the client when it was told to do something.
struct Answer {
    enum class Says { open, done, refused, unsupported, error, crashed, hung, flooded, misspoke };

    Says says = Says::done;
    std::string text;           // the link of `open`, the reason of a refusal, what went wrong
    Json message;               // the whole line, for an adapter
    std::vector<int> evidence;  // observations that show it

    // The client is still there and can be told the next thing.
    [[nodiscard]] bool goes_on() const { return says == Says::open || says == Says::done; }
    // There is no use in telling it anything more.
    [[nodiscard]] bool is_lost() const
    {
        return says == Says::crashed || says == Says::hung || says == Says::flooded || says == Says::misspoke ||
               says == Says::error;
    }
};

// Reads one line of an adapter. Whatever is not in the contract is `misspoke`, with the reason.
[[nodiscard]] Answer read_answer(std::string_view line);

[[nodiscard]] std::string_view name(Answer::Says says);

}  // namespace keur
