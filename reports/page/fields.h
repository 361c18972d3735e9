#pragma once

#include "protocol/base/json.h"

#include <string>

namespace keur::reports::page {

// Appends the fields of an observation as escaped lines `form.grant_type: refresh_token`, after its time. Without
// `whole`, what repeats another field or says nothing of the rules is left out and long values are cut short.
void append_fields(std::string& out, Json const& seen, bool whole);

}  // namespace keur::reports::page
