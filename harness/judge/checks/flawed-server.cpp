#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>

namespace keur::judge {

namespace {

// What may be sent to a server that should not have it, the worst first.
constexpr std::array worst_first{"private-key",  "client-secret", "password",        "refresh-token", "assertion",
                                 "access-token", "code-verifier", "temporary-token", "code",          "id-token"};

bool is_of_client(Observation const& seen)
{
    return text_at(seen, "from") == "client";
}

// Connections of the client's to the flawed server at that place, from this moment on.
std::vector<Observation const*> connections(Transcript const& seen, std::string_view place, int after)
{
    std::vector<Observation const*> found;
    for (auto const& one : seen.all())
        if (one.id > after && one.kind == "handshake" && one.fields.contains("flaw") && stands_at(one, place) &&
            is_of_client(one))
            found.push_back(&one);
    return found;
}

// The clock that moved last, with the client's: a certificate that expired meanwhile was good before.
std::optional<int> last_tick(Transcript const& seen)
{
    auto const all = seen.all() | std::views::reverse;
    auto const tick = std::ranges::find(all, "clock", &Observation::kind);
    if (tick == all.end() || text_at(*tick, "how") == "parties-only") return std::nullopt;
    return tick->id;
}

std::vector<Observation const*> requests_on(Transcript const& seen, Observation const& connection)
{
    std::vector<Observation const*> found;
    for (auto const& one : seen.all())
        if (one.kind == "request" && one.party == connection.party &&
            field(one, "connection") == field(connection, "connection"))
            found.push_back(&one);
    return found;
}

std::string worst_secret(Transcript const& seen, Observation const& request)
{
    auto const sightings = seen.secrets.sightings(to_line(request.fields));
    for (auto const* kind : worst_first)
        for (auto const& sighting : sightings)
            if (sighting.kind == kind) return sighting.name;
    return sightings.empty() ? std::string() : sightings.front().name;
}

bool was_answer_used(Transcript const& seen, Observation const& request)
{
    return std::ranges::any_of(seen.all(), [&](auto const& one) {
        auto const says = text_at(one, "says");
        return one.id > request.id && one.kind == "answer" && (says == "done" || says == "open");
    });
}

Finding accepted(Transcript const& seen, Observation const& connection, std::vector<Observation const*> const& requests)
{
    Observation const* worst = requests.front();
    std::string secret;
    for (auto const* request : requests)
        if (auto found = worst_secret(seen, *request); secret.empty() && !found.empty()) {
            worst = request;
            secret = std::move(found);
        }
    auto text = secret.empty() ? fmt::format("it sent a request without secrets to a server whose {}",
                                             text_at(connection, "server"))
                               : fmt::format("it sent {} to a server whose {}", secret, text_at(connection, "server"));
    if (was_answer_used(seen, *worst)) text += ", and used the answer";
    return {false, std::move(text), {connection.id, worst->id}};
}

// How the client got out of it, for the verdict: that it did is what counts, not by which alert.
std::string way_out(Observation const& connection)
{
    auto const outcome = text_at(connection, "outcome");
    auto const detail = text_at(connection, "detail");
    auto const alert = field(connection, "alert");
    if (outcome == "done" && !alert.is_null())
        return fmt::format("it completed the handshake, sent alert {} and nothing else", to_line(alert));
    if (outcome == "done") return "it completed the handshake and sent nothing";
    return detail.empty() ? "it broke off the handshake" : fmt::format("the handshake ended: {}", detail);
}

bool is_set(Yaml const& with, std::string_view name)
{
    auto const* const flag = with.find(name);
    return flag != nullptr && flag->yes_no().value_or(false);
}

Finding refused(Observation const& connection)
{
    return {
        true, fmt::format("{} ({} decides)", way_out(connection), text_at(connection, "decided-by")), {connection.id}};
}

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    auto const* const at = with.find("at");
    auto const* const after = with.find("after");
    auto const from = after == nullptr ? std::optional(0) : last_tick(seen);
    if (!from) return std::nullopt;
    auto const met = connections(seen, at->scalar, *from);
    if (met.empty()) return std::nullopt;
    for (std::size_t i = 0; i < met.size(); ++i) {
        auto const requests = requests_on(seen, *met[i]);
        bool const is_plain = text_at(*met[i], "outcome") == "plain-http";
        bool const is_taken = text_at(*met[i], "outcome") == "taken";
        if (requests.empty() && !is_plain && !is_taken) continue;
        if (i == 0 && is_set(with, "repaired")) return std::nullopt;  // nothing failed that could be repaired
        if (is_taken)
            return Finding{
                false,
                fmt::format("it went on with a server whose {}, and waited for more", text_at(*met[i], "server")),
                {met[i]->id}};
        if (is_plain && requests.empty()) return Finding{false, "it spoke plain HTTP to the port", {met[i]->id}};
        auto finding = accepted(seen, *met[i], requests);
        if (i > 0) finding.because += " when it tried again";
        if (!is_set(with, "open")) return finding;
        return Finding{true, "the documents leave it open: " + finding.because, finding.evidence};
    }
    return refused(*met.front());
}

Result<void> accepts(Yaml const& with)
{
    if (auto const known = with.only("`with` of flawed-server", {"at", "open", "repaired", "after"}); !known)
        return known;
    auto const* const at = with.find("at");
    if (at == nullptr || !at->is_scalar()) return with.wrong("it says not which server", "add `at: ENDPOINT`");
    if (auto const* const after = with.find("after"); after != nullptr && after->scalar != "clock")
        return std::unexpected(unknown_name(after->at(), "moment", after->scalar, {"clock"}));
    return {};
}

}  // namespace

// `open`: whatever the client does is right, and told. `repaired`: only what came after a connection that it refused counts.
// Anything the client says to it after the handshake is too much. The first connection on which it did is told.
Check flawed_server()
{
    return {
        .name = "flawed-server",
        .title = "the server of the fault `tls` got no request; how the client refused it, or what it sent, is told",
        .negative = true,
        .accepts = accepts,
        .look = look};
}

}  // namespace keur::judge
