#pragma once

#include "protocol/base/json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keur {

// Reads typed members of a JSON object that others wrote. A member that is missing or of the wrong type gives an empty
// value and is remembered: the first such complaint is the error at the end. Never throws.
class Members {
public:
    // `what` names the object in the error: `verdict`. The JSON must outlive this.
    Members(Json const& json, std::string what);

    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] bool yes_no(std::string_view name);
    [[nodiscard]] double number(std::string_view name);        // at least 0
    [[nodiscard]] std::uint64_t whole(std::string_view name);  // a whole number, at least 0
    [[nodiscard]] Json const& list(std::string_view name);
    [[nodiscard]] Json const& object(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    // `value` as an observation id; `name` is the member it was found in.
    [[nodiscard]] int id(Json const& value, std::string_view name);
    // A member whose text `parse` understands.
    template <class Value>
    [[nodiscard]] Value named(std::string_view name, Result<Value> (*parse)(std::string_view))
    {
        auto parsed = parse(text(name));
        if (!parsed) complain(name, parsed.error().text());
        return parsed ? *parsed : Value{};
    }

    // What `read` makes of each entry of a list; its first complaint is the error at the end.
    template <class Value>
    [[nodiscard]] std::vector<Value> each(std::string_view name, Result<Value> (*read)(Json const&))
    {
        std::vector<Value> values;
        for (auto const& entry : list(name)) {
            auto value = read(entry);
            if (!value && !wrong_) wrong_ = value.error();
            if (!value) break;
            values.push_back(std::move(*value));
        }
        return values;
    }

    // The finished value, or the first complaint.
    template <class Value>
    [[nodiscard]] Result<Value> finished(Value value) const
    {
        if (wrong_) return std::unexpected(*wrong_);
        return value;
    }

private:
    Json const* find(std::string_view name, std::string_view type, bool (Json::*is_type)() const noexcept);
    void complain(std::string_view name, std::string_view what);

    Json const& json_;
    std::string what_;
    std::optional<Error> wrong_;
};

}  // namespace keur
