#include "protocol/base/json.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <set>
#include <vector>

namespace keur {

Result<Json> parse_json(std::string_view text, std::string_view where)
{
    constexpr int deepest = 64;
    constexpr std::size_t most_members = 2000;  // members are found by walking: keeps hostile text from taking long
    // nlohmann/json takes a NUL byte for the end of the text and would not see what follows.
    if (text.find('\0') != std::string_view::npos) return fail(std::string(where), "not JSON: it has a NUL byte");
    std::string objection;
    std::vector<std::set<std::string>> members;
    auto const inspect = [&](int depth, Json::parse_event_t event, Json& value) {
        using Event = Json::parse_event_t;
        if (depth > deepest && objection.empty()) objection = fmt::format("it nests deeper than {} levels", deepest);
        if (event == Event::object_start) members.emplace_back();
        if (event == Event::object_end && !members.empty()) members.pop_back();
        if (event == Event::key && !members.empty() && members.back().size() >= most_members && objection.empty())
            objection = fmt::format("an object has more than {} members", most_members);
        if (event == Event::key && !members.empty() && !members.back().insert(value.get<std::string>()).second &&
            objection.empty())
            objection = fmt::format("member '{}' appears twice", excerpt(value.get<std::string>(), 60));
        return objection.empty();
    };
    try {
        auto value = Json::parse(text, inspect);
        if (!objection.empty()) return fail(std::string(where), "not usable JSON: " + objection);
        return value;
    } catch (Json::exception const& error) {
        if (!objection.empty()) return fail(std::string(where), "not usable JSON: " + objection);
        std::string_view reason = error.what();
        if (auto const end = reason.find("] "); end != std::string_view::npos) reason.remove_prefix(end + 2);
        return fail(std::string(where), "not JSON: " + excerpt(reason, 200));
    }
}

std::string to_line(Json const& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_member(Json const& object, std::string_view name)
{
    if (!object.is_object()) return {};
    auto const found = object.find(std::string(name));
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace keur
