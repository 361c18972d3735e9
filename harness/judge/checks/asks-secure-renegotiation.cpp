#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <algorithm>

namespace keur::judge {

namespace {

constexpr int tls_1_2 = 0x0303;
constexpr int renegotiation_info = 0xff01;      // RFC 5746 §3.2
constexpr int empty_renegotiation_info = 0xff;  // a suite that stands for it (§3.3)

bool lists(Observation const& seen, std::string_view path, int number)
{
    auto const list = field(seen, path);
    return list.is_array() && std::ranges::find(list, Json(number)) != list.end();
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    Observation const* asked = nullptr;
    for (auto const& one : seen.all()) {
        if (one.kind != "handshake" || text_at(one, "from") != "client" || !lists(one, "hello.versions", tls_1_2))
            continue;
        if (!lists(one, "hello.extensions", renegotiation_info) &&
            !lists(one, "hello.suites", empty_renegotiation_info))
            return Finding{false, "it offers TLS 1.2 and does not ask for secure renegotiation", {one.id}};
        asked = &one;
    }
    if (asked == nullptr) return std::nullopt;
    return Finding{true, "it asks for secure renegotiation", {asked->id}};
}

}  // namespace

Check asks_secure_renegotiation()
{
    return {.name = "asks-secure-renegotiation",
            .title = "a ClientHello that offers TLS 1.2 asks for secure renegotiation",
            .negative = true,
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
