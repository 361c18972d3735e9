// keur-reference: an exemplary client of Loket for keur to drive, and, with --flaw, a client with one flaw.
#include "clients/reference/adapter.h"

#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <span>

namespace {

using namespace keur;
using namespace keur::reference;

constexpr int wrong_usage = 2;

int complain(Error const& error)
{
    std::cerr << error.text() << '\n';
    return wrong_usage;
}

int list_flaws()
{
    for (auto const& row : flaw_table()) fmt::print("{:<28} {}\n", row.name, row.sentence);
    return 0;
}

Result<Flaws> read_flaws(std::span<char*> arguments)
{
    Flaws flaws;
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        if (std::string_view(arguments[i]) != "--flaw" || i + 1 == arguments.size())
            return fail("keur-reference", fmt::format("'{}' is not understood", arguments[i]),
                        "use --flaw NAME, --list-flaws or --version");
        auto const flaw = parse_flaw(arguments[i + 1]);
        if (!flaw) return fail(flaw);
        flaws.add(*flaw);
    }
    return flaws;
}

// Answers each line; without a client, because its settings cannot be used, with the reason.
int serve(Result<std::unique_ptr<Adapter>> const& adapter)
{
    for (std::string line; std::getline(std::cin, line);) {
        auto const answer = adapter ? (*adapter)->answer(line) : Json{{"refused", adapter.error().text()}};
        std::cout << to_line(answer) << std::endl;
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments)
{
    std::string_view const first = count > 1 ? arguments[1] : "";
    if (first == "--list-flaws") return list_flaws();
    if (first == "--version") return fmt::print("{}\n", KEUR_VERSION), 0;
    auto const flaws = read_flaws(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
    if (!flaws) return complain(flaws.error());
    auto const* const file = std::getenv("KEUR_SETTINGS");
    if (file == nullptr) return complain({"KEUR_SETTINGS", "it is not set", "give the path of the settings file"});
    auto settings = load_settings(file);
    if (!settings) return complain(settings.error());
    if (flaws->has(Flaw::shared_client_id)) settings->client_id = "shared-registration-of-the-maker";
    if (flaws->has(Flaw::secret_in_log))
        std::cerr << "settings: " << settings->client_id << ' ' << settings->client_secret << '\n';
    return serve(Adapter::create(std::move(*settings), *flaws));
}
