#include "mocks/engine/fault.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    auto const by = argument.text();
    if (!by) return fail(by);
    if (*by == "query" || *by == "form") return {};
    return argument.wrong("an answer comes by query or by form", "write answer-by: query");
}

}  // namespace

Fault answer_by()
{
    return {.name = "answer-by",
            .title = "the browser brings the answer in another way than was asked for: query or form",
            .source = "OAuth 2.0 Form Post Response Mode §2",
            .check = check,
            .transport = true};
}

}  // namespace keur::mocks
