#include "mocks/engine/fault.h"

namespace keur::mocks {

Fault certificate_request()
{
    return {.name = "certificate-request",
            .title = "a party asks for a certificate of an authority that has issued none to the client: {at: PARTY}",
            .source = "RFC 8446 §4.4.2.3",
            .default_at = "idp",
            .check = [](Yaml const& argument) { return argument.only("the fault certificate-request", {"at"}); },
            .transport = true};
}

}  // namespace keur::mocks
