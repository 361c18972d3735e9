#include "mocks/engine/state.h"
#include "mocks/maskinporten/decision.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::mocks::maskinporten {

namespace {

// The operator's list; an objection without a code of its own is told in words only. Statuses other than 403 are the
// usual one of RFC 6749 §5.2.
struct Row {
    Objection objection;
    std::string_view code;
    std::string_view error;
    int status = 400;
};
constexpr std::array rows{
    Row{Objection::malformed, "MP-011", "invalid_request"},
    Row{Objection::used_before, "MP-012", "invalid_grant"},
    Row{Objection::unknown_client, "MP-100", "invalid_grant"},
    Row{Objection::wrong_audience, "MP-110", "invalid_grant"},
    Row{Objection::untrusted_certificate, "MP-120", "invalid_grant"},
    Row{Objection::key_expired, "MP-121", "invalid_grant"},
    Row{Objection::other_organisation, "MP-122", "invalid_client"},
    Row{Objection::bad_certificate_header, "MP-123", "invalid_grant"},
    Row{Objection::bad_signature, "MP-124", "invalid_grant"},
    Row{Objection::expired, "MP-130", "invalid_client"},
    Row{Objection::issued_ahead, "", "invalid_grant"},
    Row{Objection::unknown_key, "", "invalid_grant"},
    Row{Objection::algorithm, "", "invalid_grant"},
    Row{Objection::lives_too_long, "", "invalid_grant"},
    Row{Objection::missing_claim, "", "invalid_request"},
    Row{Objection::unknown_claim, "", "invalid_request"},
    Row{Objection::own_organisation, "", "invalid_request"},
    Row{Objection::scope_not_registered, "MP-200", "invalid_scope"},
    Row{Objection::scope_of_other_kind, "MP-201", "invalid_scope"},
    Row{Objection::scope_not_granted, "MP-250", "forbidden", 403},
    Row{Objection::not_delegated, "MP-251", "forbidden", 403},
    Row{Objection::unknown_detail_type, "MP-301", "invalid_request"},
    Row{Objection::unknown_detail_field, "MP-302", "invalid_request"},
    Row{Objection::bad_detail_value, "MP-303", "invalid_request"},
};

}  // namespace

OAuthError word(PlatformState& state, AssertionRefusal const& refusal)
{
    auto const& row = *std::ranges::find(rows, refusal.objection, &Row::objection);
    auto const code = row.code.empty() ? std::string() : fmt::format("{}: ", row.code);
    return {std::string(row.error),
            fmt::format("{}{} (correlation id: {})", code, refusal.detail, state.random.uuid()),
            row.status,
            {}};
}

}  // namespace keur::mocks::maskinporten
