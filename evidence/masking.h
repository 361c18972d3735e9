#pragma once

#include "evidence/secret.h"
#include "protocol/base/json.h"

namespace keur {

// `value` as a record may show it: every string and member name masked and cut to 4 KiB, bytes that are not UTF-8 as
// \xNN, every list and object cut to 200 entries with a word on how many are missing. Values that others made cannot
// swell the record beyond some megabytes: after 20,000 values in all the rest is left out.
[[nodiscard]] Json masked(Json const& value, SecretLedger const& secrets);

}  // namespace keur
