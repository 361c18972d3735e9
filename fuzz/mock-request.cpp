// Requests that reach the mocks, separated by \x1e, each `party method target`, header lines, an empty line, a body.
// Whatever comes: an answer, a record that prints, no redirect but to our own pages or a registered redirect URI, and
// no tokens for who has no secret.
#include "mocks/engine/platform.h"
#include "protocol/http/form.h"
#include "tests/places.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace keur;

namespace {

constexpr auto redirect_uri = "https://client.example/callback";

std::string_view cut(std::string_view& text, char mark)
{
    auto const at = text.find(mark);
    auto const piece = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return piece;
}

http::Request request_from(std::string_view text, std::string& party)
{
    auto first = cut(text, '\n');
    http::Request request;
    party = cut(first, ' ');
    request.method = cut(first, ' ');
    request.target = first;
    for (auto line = cut(text, '\n'); !line.empty(); line = cut(text, '\n')) {
        auto const name = std::string(cut(line, ':'));
        request.headers.add(name, std::string(line.substr(std::min(line.find_first_not_of(' '), line.size()))));
    }
    request.body = text;
    return request;
}

void check(http::Response const& response, std::string const& secret, http::Request const& request)
{
    if (response.status < 200 || response.status > 599) std::abort();
    auto const location = response.headers.get("location");
    if (!location.empty() && !location.starts_with("https://idp.example/") && !location.starts_with(redirect_uri))
        std::abort();
    if (response.media_type() != "application/json") return;
    auto const answer = parse_json(response.body, "answer");
    if (!answer) std::abort();
    if (!answer->contains("access_token")) return;  // an error may quote the words from the request
    auto const form = http::parse_form(request.body);
    if (!form || form->get("client_secret") != secret) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const profile = mocks::load_profile(tests::source_folder() / "mocks/loket/profile.yaml");
    if (!profile) std::abort();
    ManualClock const clock{TimePoint(std::chrono::seconds(1'795'000'000))};
    Random random(1, "fuzz");
    Transcript transcript(clock);
    auto const platform =
        mocks::Platform::create(*profile,
                                {.origins = {{"idp", "https://idp.example"}, {"api", "https://api.example"}},
                                 .faults = {},
                                 .overrides = {},
                                 .redirect_uri = redirect_uri},
                                clock, random, transcript);
    if (!platform) std::abort();
    auto const secret = text_member((*platform)->client_settings(), "client_secret");
    std::string_view rest(reinterpret_cast<char const*>(data), size);
    while (!rest.empty()) {
        std::string party;
        auto const request = request_from(cut(rest, '\x1e'), party);
        check((*platform)->handle(party, request, 1, true).response, secret, request);
    }
    for (auto const& seen : transcript.all()) static_cast<void>(to_line(seen.fields));
    return 0;
}
