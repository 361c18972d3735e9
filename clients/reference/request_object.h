#pragma once

#include "clients/reference/settings.h"

#include <string>

namespace keur::reference {

// The link with its parameters in a request object, signed with the registered key, so that nobody changes them on the
// way through the browser (RFC 9101). What OAuth needs outside of it stays there (OpenID Connect Core §6.1).
[[nodiscard]] Result<std::string> with_request_object(std::string const& link, Settings const& settings,
                                                      Flaws const& flaws);

}  // namespace keur::reference
