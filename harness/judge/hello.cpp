#include "harness/judge/hello.h"

#include "protocol/tls/registry.h"

#include <algorithm>
#include <array>

namespace keur::judge {

namespace {

struct ListRow {
    std::string_view name;
    tls::Registry registry;
};
constexpr std::array list_rows{ListRow{"versions", tls::Registry::versions},
                               ListRow{"suites", tls::Registry::suites},
                               ListRow{"groups", tls::Registry::groups},
                               ListRow{"signature-algorithms", tls::Registry::signature_algorithms},
                               ListRow{"extensions", tls::Registry::extensions},
                               ListRow{"compression", tls::Registry::compression}};

// Suites that are none (RFC 5746 §3.3, RFC 7507).
struct SignalRow {
    std::uint16_t number;
    std::string_view stands_for;
    std::string_view shown;
};
constexpr std::array signal_rows{SignalRow{0x00ff, "renegotiation_info", "TLS_EMPTY_RENEGOTIATION_INFO_SCSV (0x00FF)"},
                                 SignalRow{0x5600, "fallback", "TLS_FALLBACK_SCSV (0x5600)"}};

void take(Hello& hello, ListRow const& list, std::uint16_t number)
{
    if (list.registry != tls::Registry::compression && tls::is_grease(number)) return;
    auto const* const signal = std::ranges::find(signal_rows, number, &SignalRow::number);
    if (list.registry == tls::Registry::suites && signal != signal_rows.end()) {
        hello["extensions"].push_back({std::string(signal->stands_for), std::string(signal->shown)});
        return;
    }
    auto const name = tls::name_of(list.registry, number);
    hello[std::string(list.name)].push_back(
        {std::string(name.empty() ? "unknown" : name), tls::in_words(list.registry, number)});
}

Hello hello_from(Json const& json)
{
    Hello hello;
    for (auto const& list : list_rows) {
        auto const found = json.find(std::string(list.name));
        if (found == json.end() || !found->is_array()) continue;
        for (auto const& number : *found)
            if (number.is_number_unsigned() || number.is_number_integer())
                take(hello, list, number.get<std::uint16_t>());
    }
    // their order means nothing, and some stacks shuffle it
    if (auto const extensions = hello.find("extensions"); extensions != hello.end())
        std::ranges::sort(extensions->second, {}, &OfferedName::shown);
    return hello;
}

// The hello of an observation as it stands in a record; null when it is no handshake of the client.
Json const* hello_in(Json const& seen)
{
    if (!seen.is_object()) return nullptr;
    auto const fields = seen.find("fields");
    if (text_member(seen, "kind") != "handshake" || fields == seen.end() || !fields->is_object()) return nullptr;
    if (text_member(*fields, "from") != "client") return nullptr;
    auto const hello = fields->find("hello");
    return hello != fields->end() && hello->is_object() ? &*hello : nullptr;
}

void take(std::vector<SeenHello>& all, SeenHello seen)
{
    auto const same = std::ranges::find_if(all, [&](SeenHello const& one) {
        return one.system == seen.system && one.party == seen.party && one.hello == seen.hello;
    });
    if (same == all.end())
        all.push_back(std::move(seen));
    else
        ++same->count;
}

}  // namespace

std::vector<std::string> const& hello_lists()
{
    static auto const names = [] {
        std::vector<std::string> all;
        for (auto const& list : list_rows) all.emplace_back(list.name);
        return all;
    }();
    return names;
}

bool offers(Hello const& hello, std::string_view list, Regex const& names)
{
    auto const found = hello.find(list);
    return found != hello.end() &&
           std::ranges::any_of(found->second, [&](auto const& value) { return names.found_in(value.name); });
}

std::vector<SeenHello> hellos_of(std::vector<ScenarioResult> const& results, std::string_view client)
{
    std::vector<SeenHello> all;
    for (auto const& result : results) {
        if (result.client != client) continue;
        for (auto const& seen : result.transcript)
            if (auto const* hello = hello_in(seen))
                take(all, {hello_from(*hello), result.system, text_member(seen, "party"), result.name()});
    }
    return all;
}

}  // namespace keur::judge
