// keur-reference: an exemplary client of Loket for keur to drive, and, with --flaw, a client with one flaw.
#include "clients/reference/adapter.h"
#include "clients/reference/serving.h"
#include "clients/reference/web_pages.h"
#include "protocol/base/file.h"
#include "protocol/net/server.h"

#include <fmt/format.h>

#include <cstdlib>
#include <functional>
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
                        "use --web, --flaw NAME, --list-flaws or --version");
        auto const flaw = parse_flaw(arguments[i + 1]);
        if (!flaw) return fail(flaw);
        flaws.add(*flaw);
    }
    return flaws;
}

using Answer = std::function<http::Response(http::Request const&)>;

// Listens with the certificate that the environment names.
Result<std::unique_ptr<net::Listener>> listen(net::Loop& loop, std::uint16_t port, Answer const& answer)
{
    net::TlsServerSettings settings;
    for (auto const& [name, into] :
         {std::pair{"CERTIFICATE", &settings.certificate_chain_pem}, std::pair{"KEY", &settings.private_key_pem}}) {
        auto const* const file = std::getenv(name);
        if (file == nullptr) return fail(name, "it is not set", "give the path of a PEM file");
        auto text = read_file(file);
        if (!text) return fail(text);
        *into = std::move(*text);
    }
    auto tls = net::TlsServer::create(settings);
    if (!tls) return fail(tls);
    auto const handler = [answer](http::Request const& request, net::Arrival const&) {
        return http::Reply{.response = answer(request), .delivery = {}};
    };
    return net::Listener::open(loop, {.tls = std::move(*tls), .port = port}, handler);
}

using MaybeAdapter = Result<std::unique_ptr<Adapter>>;

Json answer(MaybeAdapter const& adapter, std::string const& line)
{
    return adapter ? (*adapter)->answer(line) : Json{{"refused", adapter.error().text()}};
}

// Answers each line; without a client, because its settings cannot be used, with the reason.
int serve(MaybeAdapter const& adapter)
{
    net::Loop loop;
    std::unique_ptr<net::Listener> listener;
    if (adapter && (*adapter)->port() != 0) {
        auto opened =
            listen(loop, (*adapter)->port(), [&](auto const& request) { return (*adapter)->be_told(request); });
        if (!opened) return complain(opened.error());
        listener = std::move(*opened);
    }
    serve_lines(loop, [&](std::string const& line) { std::cout << to_line(answer(adapter, line)) << std::endl; });
    return 0;
}

// Serves its pages until it is told to end.
int serve_pages(MaybeAdapter const& adapter, Flaws const& flaws, std::string const& redirect_uri)
{
    auto const* const port = std::getenv("PORT");
    if (port == nullptr) return complain({"PORT", "it is not set", "give the number of a port"});
    if (!adapter) return complain(adapter.error());
    WebPages pages(**adapter, flaws, redirect_uri);
    net::Loop loop;
    auto const listener = listen(loop, static_cast<std::uint16_t>(std::atoi(port)),
                                 [&](auto const& request) { return pages.answer(request); });
    if (!listener) return complain(listener.error());
    serve_until_told(loop);
    return 0;
}

}  // namespace

int main(int count, char** arguments)
{
    std::string_view const first = count > 1 ? arguments[1] : "";
    if (first == "--list-flaws") return list_flaws();
    if (first == "--version") return fmt::print("{}\n", KEUR_VERSION), 0;
    bool const is_web = first == "--web";
    auto const flaws = read_flaws(std::span(arguments, static_cast<std::size_t>(count)).subspan(is_web ? 2 : 1));
    if (!flaws) return complain(flaws.error());
    auto const* const file = std::getenv("KEUR_SETTINGS");
    if (file == nullptr) return complain({"KEUR_SETTINGS", "it is not set", "give the path of the settings file"});
    auto settings = load_settings(file, *flaws);
    if (!settings) return complain(settings.error());
    if (flaws->has(Flaw::shared_client_id)) settings->client_id = "shared-registration-of-the-maker";
    if (flaws->has(Flaw::secret_in_log))
        std::cerr << "settings: " << settings->client_id << ' ' << settings->client_secret << '\n';
    auto const redirect_uri = settings->redirect_uri;
    auto const adapter = Adapter::create(std::move(*settings), *flaws);
    return is_web ? serve_pages(adapter, *flaws, redirect_uri) : serve(adapter);
}
