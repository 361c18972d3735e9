#include "harness/run/stage.h"
#include "harness/run/transport_fault.h"

#include <fmt/format.h>

#include <algorithm>

// What the client had of the scenario's trick.
namespace keur {

namespace {

// The client itself, not the user's browser, tried to speak TLS with this party.
bool is_handshake_of_client(Observation const& seen, std::string const& party)
{
    return seen.kind == "handshake" && seen.party == party && text_member(seen.fields, "from") == "client";
}

}  // namespace

std::vector<std::string> Stage::bait_missing() const
{
    std::vector<std::string> missing;
    auto const is_switch = [](Observation const& seen) {
        return seen.kind == "fault" && text_member(seen.fields, "name") == "answer-by";
    };
    if (fault("answer-by") != nullptr && std::ranges::none_of(transcript_.all(), is_switch))
        missing.emplace_back("no answer was brought in another way than was asked for");
    for (auto const& name : platform_->waiting_faults())
        if (!is_of_transport(name)) missing.push_back(fmt::format("the fault '{}' never had its chance", name));
    for (auto const& order : play_.faults) {
        bool fired = false;
        bool arrived = false;
        for (auto const& seen : transcript_.all()) {
            if (seen.kind != "fault" || text_member(seen.fields, "name") != order.name) continue;
            fired = true;
            arrived = arrived || seen.fields.value("delivered", false);
        }
        if (fired && !arrived)
            missing.push_back(fmt::format("the answer with the fault '{}' did not reach the client whole", order.name));
    }
    for (auto const* name : {"certificate", "certificate-request"}) {
        auto const* order = fault(name);
        auto const party = order == nullptr ? std::string() : argument_of(*order, "at", "idp");
        auto const is_met = [&](auto const& seen) { return is_handshake_of_client(seen, party); };
        if (order != nullptr && std::ranges::none_of(transcript_.all(), is_met))
            missing.push_back(fmt::format("the client never connected to {}, which has the fault '{}'", party, name));
    }
    if (trick_ && flaw_met() == nullptr)
        missing.push_back(fmt::format("nobody connected to the server that has something wrong ({})", trick_->place));
    if (trick_ && is_clock_of_parties_only()) missing.emplace_back("the client's own clock did not follow");
    return missing;
}

// Whether the client can know that a certificate has expired.
bool Stage::is_clock_of_parties_only() const
{
    return std::ranges::any_of(transcript_.all(), [](auto const& seen) {
        return seen.kind == "clock" && text_member(seen.fields, "how") == "parties-only";
    });
}

Observation const* Stage::flaw_met() const
{
    auto const& all = transcript_.all();
    auto const met = std::ranges::find_if(all, [](auto const& seen) {
        return seen.kind == "handshake" && seen.fields.contains("flaw") && text_member(seen.fields, "from") == "client";
    });
    return met == all.end() ? nullptr : &*met;
}

int Stage::bait_id() const
{
    if (trick_) return flaw_met() == nullptr ? 0 : flaw_met()->id;
    auto const* certificate = fault("certificate") != nullptr ? fault("certificate") : fault("certificate-request");
    auto const party = certificate == nullptr ? std::string() : argument_of(*certificate, "at", "idp");
    for (auto const& seen : transcript_.all()) {
        if (seen.kind == "fault") return seen.id;
        if (certificate != nullptr && is_handshake_of_client(seen, party)) return seen.id;
    }
    return 0;
}

}  // namespace keur
