#include "mocks/tls/handshake.h"

#include "mocks/engine/member.h"
#include "mocks/tls/number.h"
#include "mocks/tls/octets.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <array>
#include <vector>

namespace keur::mocks::transport {

namespace {

struct TextRow {
    std::string_view name;
    std::string Handshake::* member;
};
constexpr std::array text_rows{TextRow{"lowest", &Handshake::min_version},
                               TextRow{"highest", &Handshake::max_version},
                               TextRow{"ciphers", &Handshake::ciphers},
                               TextRow{"suites", &Handshake::suites},
                               TextRow{"groups", &Handshake::groups},
                               TextRow{"signatures", &Handshake::signatures},
                               TextRow{"protocol", &Handshake::protocol},
                               TextRow{"dh-prime", &Handshake::dh_prime},
                               TextRow{"end", &Handshake::end}};

struct FlagRow {
    std::string_view name;
    bool Handshake::* member;
};
constexpr std::array flag_rows{FlagRow{"extended-master-secret", &Handshake::has_extended_master_secret},
                               FlagRow{"encrypt-then-mac", &Handshake::has_encrypt_then_mac},
                               FlagRow{"close-notify", &Handshake::says_goodbye},
                               FlagRow{"early-data", &Handshake::gives_early_data}};

struct WordsRow {
    std::string_view member;
    std::vector<std::string> words;
};

Result<void> check_words(Yaml const& source)
{
    std::array const rows{WordsRow{"lowest", {"1.0", "1.1", "1.2", "1.3"}},
                          WordsRow{"highest", {"1.0", "1.1", "1.2", "1.3"}},
                          WordsRow{"end", {"close", "reset", "wait", "listen"}}};
    for (auto const& row : rows)
        if (auto const* value = source.find(row.member);
            value != nullptr && std::ranges::find(row.words, value->scalar) == row.words.end())
            return std::unexpected(unknown_name(value->at(), row.member, value->scalar, row.words));
    return {};
}

std::vector<std::string> members()
{
    std::vector<std::string> names{"text", "octets", "alert"};
    for (auto const& row : text_rows) names.emplace_back(row.name);
    for (auto const& row : flag_rows) names.emplace_back(row.name);
    return names;
}

}  // namespace

Result<Handshake> read_handshake(Yaml const& source)
{
    Handshake made;
    if (source.is_null()) return made;
    if (auto const known = source.only("a handshake", members()); !known) return fail(known);
    if (auto const right = check_words(source); !right) return fail(right);
    for (auto const& row : text_rows) {
        auto text = text_or(source, row.name, {});
        if (!text) return fail(text);
        made.*row.member = std::move(*text);
    }
    for (auto const& row : flag_rows) {
        auto const flag = yes_no_or(source, row.name, made.*row.member);
        if (!flag) return fail(flag);
        made.*row.member = *flag;
    }
    if (auto const* const alert = source.find("alert")) {
        auto const number = number_up_to(255, *alert);
        if (!number) return fail(number);
        made.alert = static_cast<int>(*number);
    }
    if (auto const* const prime = source.find("dh-prime"))
        if (auto const octets = octets_of(*prime); !octets) return fail(octets);
    made.is_script = !made.end.empty();
    auto const* const octets = source.find("octets");
    auto bytes = octets != nullptr ? octets_of(*octets) : text_or(source, "text", {});
    if (!bytes) return fail(bytes);
    made.bytes = std::move(*bytes);
    if (!made.is_script && !made.bytes.empty())
        return source.wrong("these bytes are never sent", "add `end: close`, reset, wait or listen");
    return made;
}

}  // namespace keur::mocks::transport
