#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"

namespace keur::mocks {

Fault closed_port()
{
    return {.name = "closed-port",
            .title = "nobody listens at the address the client is told: {at: token or api}",
            .source = "RFC 9110 §4.3",
            .check = [](Yaml const& argument) { return argument.only("the fault closed-port", {"at"}); },
            .transport = true};
}

}  // namespace keur::mocks
