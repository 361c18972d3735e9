#include "bench/yardstick.h"

#include "bench/stage.h"

#include <openssl/evp.h>

#include <ctime>
#include <string>

namespace keur::bench {

namespace {

double processor_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Tally {
    double count = 0;
    double seconds = 0;

    void take_turn(Act const& act)
    {
        constexpr double turn = 0.05;
        auto const start = processor_seconds();
        auto now = start;
        for (; now - start < turn; now = processor_seconds()) {
            for (int i = 0; i < 4; ++i) act();
            count += 4;
        }
        seconds += now - start;
    }
};

}  // namespace

Rates rates(Act const& act, Act const& yardstick)
{
    Tally ours;
    Tally others;
    for (int turn = 0; turn < 30; ++turn) {
        ours.take_turn(act);
        others.take_turn(yardstick);
    }
    return {ours.count / ours.seconds, others.count / others.seconds};
}

Act raw_signing(x509::KeyRecipe recipe, std::size_t octets)
{
    return [key = must(x509::Key::generate(recipe)), input = std::string(octets, 'x'),
            signature = std::string(1024, '\0')]() mutable {
        EVP_MD_CTX* const context = EVP_MD_CTX_new();
        auto size = signature.size();
        EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key.handle());
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<unsigned char const*>(input.data()), input.size());
        EVP_MD_CTX_free(context);
    };
}

}  // namespace keur::bench
