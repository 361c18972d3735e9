#include "evidence/record_json.h"
#include "protocol/base/encoding.h"
#include "protocol/base/file.h"

#include <fmt/format.h>

namespace keur {

namespace {

// Our own lines nest a client's JSON (at most 64 levels) a few levels deeper. Strings do not nest.
bool is_nested_deeper_than(std::string_view text, int limit)
{
    int depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const each = text[at];
        if (in_string && each == '\\') ++at;
        if (each == '"') in_string = !in_string;
        if (!in_string && (each == '{' || each == '[') && ++depth > limit) return true;
        if (!in_string && (each == '}' || each == ']')) --depth;
    }
    return false;
}

// parse_json() guards against what others send; a record is long, is ours, and is read many times as fast without.
Result<Json> parse_line(std::string_view text)
{
    constexpr int deepest = 100;
    if (is_nested_deeper_than(text, deepest)) return fail({}, fmt::format("nests deeper than {} levels", deepest));
    auto value = Json::parse(text, nullptr, false);
    if (value.is_discarded()) return fail({}, "is not JSON: " + excerpt(text, 60));
    return value;
}

Result<void> take_result(Json const& json, RunRecord& record)
{
    auto result = result_from_json(json);
    if (!result) return fail(result);
    record.results.push_back(std::move(*result));
    return {};
}

Result<void> take_run_wide(Json const& json, RunRecord& record)
{
    Members members(json, "run-wide");
    auto client = members.text("client");
    auto verdict = verdict_from_json(members.object("verdict"));
    if (!verdict) return fail(verdict);
    record.run_wide.push_back(std::move(*verdict));
    record.run_wide_clients.push_back(std::move(client));
    return members.finished(true) ? Result<void>() : fail(members.finished(true));
}

Result<void> take_offer(Json const& json, RunRecord& record)
{
    auto offer = offer_from_json(json);
    if (!offer) return fail(offer);
    record.offers.push_back(std::move(*offer));
    return {};
}

Result<void> take_header(Json const& json, RunRecord& record)
{
    auto header = header_from_json(json);
    if (!header) return fail(header);
    record.header = std::move(*header);
    return {};
}

Result<void> take_end(Json const& json, RunRecord& record)
{
    Members members(json, "end");
    record.seconds = members.number("seconds");
    record.complete = true;
    return members.finished(true) ? Result<void>() : fail(members.finished(true));
}

struct LineKind {
    std::string_view name;
    Result<void> (*take)(Json const&, RunRecord&);
};
constexpr std::array line_kinds{LineKind{"run", take_header}, LineKind{"result", take_result},
                                LineKind{"run-wide", take_run_wide}, LineKind{"offer", take_offer},
                                LineKind{"end", take_end}};

Result<void> take_line(std::string_view text, bool is_first, RunRecord& record)
{
    auto const json = parse_line(text);
    if (!json) return fail(json);
    for (auto const& kind : line_kinds) {
        if (!json->is_object() || !json->contains(kind.name)) continue;
        if ((kind.name == "run") != is_first)
            return fail({}, is_first ? "is no run header, with which a record begins" : "is a second run header");
        return kind.take((*json)[std::string(kind.name)], record);
    }
    return fail({}, "is none of run, result, run-wide, offer, end: " + excerpt(text, 60));
}

}  // namespace

Result<RunRecord> parse_record(std::string_view text, std::string const& where)
{
    RunRecord record;
    for (int number = 1; !text.empty() || number == 1; ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        bool const is_last = end + 1 >= text.size();
        auto const taken = take_line(text.substr(0, end), number == 1, record);
        if (!taken && (!is_last || number == 1))
            return fail(fmt::format("{}:{}", where, number), "the line " + taken.error().text(),
                        "the record was changed or is not one of keur's; run again");
        if (!taken) record.damage = fmt::format("line {}, the last, {}; it was dropped", number, taken.error().text());
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return record;
}

Result<RunRecord> read_record(std::filesystem::path const& file)
{
    auto const content = read_file(file);
    if (!content) return fail(content);
    return parse_record(*content, file.string());
}

}  // namespace keur
