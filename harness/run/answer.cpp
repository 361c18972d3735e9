#include "harness/run/answer.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <array>

namespace keur {

namespace {

struct Word {
    std::string_view member;
    Answer::Says says;
    bool has_text;  // the member's value is a text
};
constexpr std::array words{
    Word{"open", Answer::Says::open, true},       Word{"done", Answer::Says::done, false},
    Word{"refused", Answer::Says::refused, true}, Word{"unsupported", Answer::Says::unsupported, true},
    Word{"error", Answer::Says::error, true},
};

Answer misspoke(std::string why)
{
    return {.says = Answer::Says::misspoke, .text = std::move(why), .message = {}, .evidence = {}};
}

}  // namespace

Answer read_answer(std::string_view line)
{
    auto message = parse_json(line, "answer");
    if (!message)
        return misspoke(
            fmt::format("the adapter wrote '{}', which is {}; its standard output is for one JSON object a "
                        "line, its log belongs on standard error",
                        excerpt(line, 120), message.error().what));
    for (auto const& word : words) {
        if (!message->is_object() || !message->contains(word.member)) continue;
        auto const& value = (*message)[std::string(word.member)];
        if (word.has_text && !value.is_string())
            return misspoke(fmt::format("the adapter's '{}' is not a text", word.member));
        auto text = word.has_text ? value.get<std::string>() : std::string();
        return {.says = word.says, .text = std::move(text), .message = std::move(*message), .evidence = {}};
    }
    return misspoke(fmt::format(
        "the adapter answered '{}'; it must hold one of open, done, refused, unsupported, error", excerpt(line, 120)));
}

std::string_view name(Answer::Says says)
{
    switch (says) {
        case Answer::Says::open: return "open";
        case Answer::Says::done: return "done";
        case Answer::Says::refused: return "refused";
        case Answer::Says::unsupported: return "unsupported";
        case Answer::Says::error: return "error";
        case Answer::Says::crashed: return "crashed";
        case Answer::Says::hung: return "hung";
        case Answer::Says::flooded: return "flooded";
        case Answer::Says::misspoke: return "misspoke";
    }
    return {};
}

}  // namespace keur
