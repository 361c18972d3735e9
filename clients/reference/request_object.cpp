#include "clients/reference/request_object.h"

#include "clients/reference/client_assertion.h"
#include "clients/reference/randomness.h"
#include "protocol/base/clock.h"
#include "protocol/base/encoding.h"
#include "protocol/http/url.h"
#include "protocol/jose/jwt.h"

#include <algorithm>
#include <array>

namespace keur::reference {

namespace {

Json claims_of(http::Form const& parameters, Settings const& settings)
{
    auto const now = SystemClock().now();
    Json claims{{"iss", settings.client_id},
                {"aud", settings.issuer},
                {"iat", jose::numeric_date(now)},
                {"exp", jose::numeric_date(now + std::chrono::minutes(2))},
                {"jti", random_text(16)}};
    for (auto const& [name, value] : parameters.pairs()) claims[name] = value;
    if (auto const asked = settings.all.find("claims"); asked != settings.all.end()) claims["claims"] = *asked;
    return claims;
}

}  // namespace

Result<std::string> with_request_object(std::string const& link, Settings const& settings, Flaws const& flaws)
{
    constexpr std::array<std::string_view, 4> outside{"client_id", "response_type", "scope", "redirect_uri"};
    auto const url = http::parse_url(link);
    if (!url) return fail(url);
    auto const form = http::parse_form(url->query);
    if (!form) return fail(form);
    auto const claims = to_line(claims_of(*form, settings));
    auto const signer = signer_of(settings, flaws);
    if (!signer) return fail(signer);
    bool const is_bare = flaws.has(Flaw::request_object_unsigned);
    auto const bare = base64url(R"({"alg":"none"})") + '.' + base64url(claims) + '.';
    auto const object = is_bare ? Result<std::string>(bare) : signer->sign(claims);
    if (!object) return fail(object);
    http::Form left;
    for (auto const& [name, value] : form->pairs())
        if (std::ranges::find(outside, name) != outside.end()) left.add(name, value);
    left.add("request", *object);
    return http::with_parameters(url->without_query(), left);
}

}  // namespace keur::reference
