#pragma once

#include "evidence/members.h"
#include "evidence/record.h"

namespace keur {

// The header line of a record, read back.
[[nodiscard]] Result<RunHeader> header_from_json(Json const& json);

}  // namespace keur
