// Client assertions as a client may send them to the token endpoint.
#include "fuzz/property.h"
#include "fuzz/signatory.h"
#include "fuzz/token_mutator.h"

#include "protocol/oauth/client_assertion.h"

namespace {

using namespace keur;
using std::chrono::seconds;

TimePoint const now{seconds(1'793'000'000)};

fuzz::Signatory& signatory()
{
    static fuzz::Signatory made;
    return made;
}

oauth::AssertionDemands const& demands()
{
    static oauth::AssertionDemands const made{"client-1",
                                              signatory().keys(),
                                              {jose::Algorithm::es256, jose::Algorithm::eddsa, jose::Algorithm::hs256},
                                              {"https://idp.example/token"},
                                              seconds(300),
                                              seconds(5)};
    return made;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t limit, unsigned seed)
{
    static fuzz::TokenMutator mutate(
        signatory(),
        {"client-1", "client-2", "https://idp.example/token", Json::array({"https://idp.example/token"}), Json::array(),
         1'793'000'060, 1'793'000'000, 1'792'999'995, 1'793'000'305, 253'402'300'799, nullptr});
    return mutate(data, size, limit, seed);
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using fuzz::must;
    auto const text = fuzz::text_of(data, size);
    auto const claims = oauth::check_client_assertion(text, demands(), now);
    if (!claims) return 0;
    auto const jws = jose::parse_jws(text);
    must(jws && signatory().has_signed(*jws), "only what the client's key signed is accepted");
    must(jws->alg() != "RS256" && jws->alg() != "PS256", "only agreed algorithms are accepted");
    must(claims->iss == "client-1" && claims->sub == "client-1", "it is the client's own");
    must(std::ranges::find(claims->aud, "https://idp.example/token") != claims->aud.end(), "it is for this server");
    must(claims->exp && seconds_since_epoch(TimePoint(*claims->exp)) > seconds(1'792'999'994), "it has not expired");
    must(seconds_since_epoch(TimePoint(*claims->exp)) <= seconds(1'793'000'305), "it does not live too long");
    return 0;
}
