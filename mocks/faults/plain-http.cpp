#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"

namespace keur::mocks {

Fault plain_http()
{
    return {.name = "plain-http",
            .title = "the client is told an http:// address, and it is served: {at: token, authorize or api}",
            .source = "RFC 6749 §3.1.2.1, §3.2",
            .check = [](Yaml const& argument) { return argument.only("the fault plain-http", {"at"}); },
            .transport = true};
}

}  // namespace keur::mocks
