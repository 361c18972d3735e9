#include "harness/judge/comparison_kinds.h"

#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace keur::judge::comparisons {

namespace {

Secret const* secret_of(Json const& value, Transcript const& transcript)
{
    if (!value.is_string()) return nullptr;
    auto const& text = value.get_ref<std::string const&>();
    auto const* exact = transcript.secrets.find(text);
    return exact != nullptr ? exact : transcript.secrets.find(without_scheme(text));
}

bool is_expired(Secret const& secret, TimePoint at)
{
    return secret.expires && *secret.expires <= at;
}

// A use is recorded just before the secret dies of it, so the moment of death itself does not count.
bool is_dead(Secret const& secret, TimePoint at)
{
    return is_expired(secret, at) || (secret.dead_since && *secret.dead_since < at);
}

Result<std::string> secret_kind(Yaml const& argument, bool any)
{
    auto text = argument.text();
    if (!text || (any && *text == "any")) return text;
    if (std::ranges::find(secret_kinds(), *text) == secret_kinds().end())
        return std::unexpected(unknown_name(argument.at(), "kind of secret", *text, secret_kinds()));
    return text;
}

Result<Comparison> of_a_secret(Yaml const& argument, std::string_view word, bool (*test)(Secret const&, TimePoint))
{
    auto const wanted = argument.yes_no();
    if (!wanted) return fail(wanted);
    return Comparison{fmt::format("{}{}", *wanted ? "" : "not ", word), false,
                      [wanted = *wanted, test](Json const& seen, Moment const& moment) {
                          auto const* found = secret_of(seen, moment.transcript);
                          return found != nullptr && test(*found, moment.seen.time) == wanted;
                      }};
}

}  // namespace

Result<Comparison> secret(Yaml const& argument, KindRow const&)
{
    auto kind = secret_kind(argument, false);
    if (!kind) return fail(kind);
    return Comparison{fmt::format("a secret of kind {}", *kind), false,
                      [kind = *kind](Json const& seen, Moment const& moment) {
                          auto const* found = secret_of(seen, moment.transcript);
                          return found != nullptr && found->kind == kind;
                      }};
}

Result<Comparison> dead(Yaml const& argument, KindRow const&)
{
    return of_a_secret(argument, "dead", is_dead);
}

Result<Comparison> expired(Yaml const& argument, KindRow const&)
{
    return of_a_secret(argument, "expired", is_expired);
}

Result<Comparison> holds(Yaml const& argument, KindRow const&)
{
    auto kind = secret_kind(argument, true);
    if (!kind) return fail(kind);
    return Comparison{*kind == "any" ? "holding a secret" : fmt::format("holding a secret of kind {}", *kind), false,
                      [kind = *kind](Json const& seen, Moment const& moment) {
                          auto const found = moment.transcript.secrets.sightings(as_text(seen));
                          return std::ranges::any_of(
                              found, [&](auto const& one) { return kind == "any" || one.kind == kind; });
                      }};
}

}  // namespace keur::judge::comparisons
