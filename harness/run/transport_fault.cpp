#include "harness/run/transport_fault.h"

#include "mocks/engine/fault.h"

#include <algorithm>

namespace keur {

bool is_of_transport(std::string_view fault)
{
    auto const& all = mocks::faults();
    auto const found = std::ranges::find(all, fault, &mocks::Fault::name);
    return found != all.end() && found->transport;
}

std::string argument_of(mocks::FaultOrder const& order, std::string_view name, std::string fallback)
{
    auto const* found = order.argument.find(name);
    return found == nullptr ? std::move(fallback) : found->scalar;
}

}  // namespace keur
