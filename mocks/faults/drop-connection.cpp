#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"

namespace keur::mocks {

Fault drop_connection()
{
    return {.name = "drop-connection",
            .title = "the request is carried out, and the connection closes without an answer: {}",
            .source = "RFC 9110 §9.2.2",
            .check = [](Yaml const& argument) -> Result<void> {
                if (argument.is_null()) return {};
                return only_members(argument, "drop-connection", {});
            },
            .on_reply =
                [](Yaml const&, FaultedReply& faulted) {
                    faulted.reply.delivery.drop = true;
                    return true;
                }};
}

}  // namespace keur::mocks
