// Rules, clients and the cases of scenarios as their authors may write them, past the YAML reader.
#include "fuzz/property.h"

#include "harness/judge/fingerprints.h"
#include "harness/scenario/client.h"
#include "harness/scenario/variables.h"

#include <algorithm>

namespace {

using namespace keur;
using fuzz::must;

// Something for patterns to look at.
Transcript const& transcript()
{
    static ManualClock const clock{TimePoint{std::chrono::seconds{1'800'000'000}}};
    static auto const* const seen = [] {
        auto* made = new Transcript(clock);
        made->secrets.add("refresh-token", "rt-0123456789abcdef", clock.now()).dead_since = clock.now();
        made->add("idp", "request",
                  {{"endpoint", "authorize"}, {"query", {{"state", "s1"}, {"redirect_uri", "https://a/"}}}});
        for (int i = 0; i < 2; ++i) {
            auto const id = made->add("idp", "request",
                                      {{"endpoint", "token"},
                                       {"method", "POST"},
                                       {"header", {{"authorization", "Bearer e30.e30.c2ln"}}},
                                       {"form", {{"refresh_token", "rt-0123456789abcdef"}}}})
                                .id;
            made->add("idp", "response", {{"to", id}, {"endpoint", "token"}, {"status", 400}, {"delivered", true}});
        }
        made->add("client", "answer", {{"says", "refused"}, {"message", {{"refused", "no"}}}});
        return made;
    }();
    return *seen;
}

void must_tell(Error const& mistake)
{
    must(mistake.where.starts_with("input") && !mistake.what.empty(), "a mistake has its place and says what it is");
}

void judge_with(RuleBook const& book)
{
    for (auto const& rule : book.all())
        must(!rule.summary.sources.empty() && book.find(rule.summary.id) == &rule, "each rule has a source and one id");
    for (auto const& verdict : judge_standing(book, "loket", transcript(), Conduct{.end = Conduct::End::refused})) {
        must(verdict.outcome == Outcome::pass || verdict.outcome == Outcome::fail, "a standing rule passes or fails");
        must((verdict.outcome == Outcome::fail) == (verdict.whose == Whose::client), "a fail is the client's");
        must(verdict.outcome == Outcome::pass || !verdict.evidence.empty(), "a fail shows what happened");
        must(!verdict.because.empty(), "a verdict says why");
    }
}

void expand_cases(Yaml const& source)
{
    auto const* wanted = source.find("for");
    auto const cases = wanted == nullptr ? std::vector<scenario::Variables>{{}} : scenario::expand(*wanted);
    if (!cases) return must_tell(cases.error());
    must(!cases->empty() && cases->size() <= 200, "the cases are some, and not too many");
    std::size_t budget = 10'000;
    for (auto const& one : *cases)
        if (auto const filled = scenario::substitute(source, one, budget); !filled) return must_tell(filled.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    auto const book = RuleBook::read(text, "input");
    if (book) judge_with(*book);
    must(book || !book.error().empty(), "a refusal has a reason");
    if (!book) std::ranges::for_each(book.error(), must_tell);
    auto const source = parse_yaml(text, "input");
    if (!source) return 0;
    expand_cases(*source);
    auto const client = read_client(*source, "/clients/input");
    if (!client) must_tell(client.error());
    must(!client || !client->systems.empty() || source->find("systems") != nullptr, "a client names its systems");
    return 0;
}
