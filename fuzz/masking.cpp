// Input: secrets, one per line, up to an empty line; then any text. Whatever both are, after masking no secret is left
// in any encoding that is searched for, and masking twice changes nothing.
#include "evidence/secret.h"
#include "protocol/base/encoding.h"

#include <cstdint>
#include <cstdlib>

namespace {

// A secret that looks like a bracket of a name, or begins inside one, would be seen in every name.
bool may_be_secret(std::string_view line)
{
    constexpr std::string_view mark = "\xe2";  // begins a bracket; the rest of it are bytes 10xxxxxx
    bool const begins_inside = !line.empty() && (line.front() & '\xc0') == '\x80';
    return !begins_inside && line.find(mark) == std::string_view::npos;
}

void no_secret_survives(keur::SecretLedger const& ledger, std::string_view text)
{
    auto const masked = ledger.masked(text);
    if (!ledger.sightings(masked).empty()) std::abort();
    if (ledger.masked(masked) != masked) std::abort();
    if (!ledger.sightings(ledger.masked(text, text.size() / 2)).empty()) std::abort();
}

std::string percent_encoded(std::string_view text)
{
    std::string result;
    for (auto const each : text) result += "%" + keur::hex({&each, 1});
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view text(reinterpret_cast<char const*>(data), size);
    keur::SecretLedger ledger;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.empty()) break;
        if (may_be_secret(line)) ledger.add("k", std::string(line), {});
    }
    auto const secret = ledger.all().empty() ? std::string() : ledger.all().front().value;
    auto const whole = std::string(text) + secret + std::string(text);
    for (auto const& form :
         {whole, keur::base64(whole), keur::base64url(whole), keur::hex(whole), percent_encoded(whole)})
        no_secret_survives(ledger, form);
    return 0;
}
