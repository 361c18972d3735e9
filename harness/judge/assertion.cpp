#include "harness/judge/assertion.h"

#include "harness/judge/exchange.h"

namespace keur::judge {

std::vector<SentAssertion> sent_assertions(Transcript const& seen, std::string const& parameter)
{
    std::vector<SentAssertion> found;
    for (auto const& exchange : exchanges(seen, "token"))
        if (auto jwt = jose::parse_jwt(text_at(*exchange.request, "form." + parameter)))
            found.push_back({exchange.request, std::move(*jwt)});
    return found;
}

}  // namespace keur::judge
