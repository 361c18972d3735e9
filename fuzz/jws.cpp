// JWS and JWT as anybody may send them.
#include "fuzz/property.h"
#include "fuzz/signatory.h"
#include "fuzz/token_mutator.h"

#include "protocol/jose/jws.h"
#include "protocol/jose/jwt.h"

#include <functional>

namespace {

using namespace keur;

fuzz::Signatory& signatory()
{
    static fuzz::Signatory made;
    return made;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t limit, unsigned seed)
{
    static fuzz::TokenMutator mutate(signatory(), {"c", "", 0, 1'793'000'060, -1, 1e300, nullptr, true,
                                                   Json::array({"a", "b"}), Json::array({1}), Json::object()});
    return mutate(data, size, limit, seed);
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using fuzz::must;
    auto const text = fuzz::text_of(data, size);
    auto const jws = jose::parse_jws(text);
    if (!jws) return 0;
    must(jose::to_text(*jws) == text, "what is read prints as it was");
    // By a single key or by a set: each costs a signature's arithmetic, so one of them at a time.
    auto const& keys = signatory().keys();
    auto const which = std::hash<std::string_view>{}(text) % (2 * keys.keys.size());
    bool const accepted = which < keys.keys.size()
                              ? jose::verify(*jws, keys.keys[which], signatory().algorithms()).has_value()
                              : jose::verify(*jws, keys, signatory().algorithms()).has_value();
    if (accepted) must(signatory().has_signed(*jws), "only what the key signed is accepted");
    if (auto const claims = jose::parse_claims(jws->payload)) {
        auto const again = jose::parse_claims(to_line(claims->all));
        must(again && again->exp == claims->exp && again->aud == claims->aud, "claims survive being printed");
        (void)jose::check_times(*claims, TimePoint(std::chrono::seconds(1'793'000'000)), std::chrono::seconds(60));
    }
    return 0;
}
