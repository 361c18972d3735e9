#pragma once

#include "harness/command_line/places.h"
#include "harness/run/mutant.h"
#include "harness/run/play.h"
#include "harness/run/workplace.h"
#include "protocol/base/file.h"

#include <future>
#include <stdexcept>

namespace keur::bench {

// Throws what went wrong: a benchmark that cannot measure has nothing to say.
template <class T>
T must(Result<T> result)
{
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

inline Catalogue must_load(std::vector<std::string> const& systems = {})
{
    auto catalogue = load_catalogue(command_line::data_roots({}), {.systems = systems, .on_demand = false});
    if (!catalogue) throw std::runtime_error(catalogue.error().front().text());
    return std::move(*catalogue);
}

inline std::vector<Mutant> must_load_mutants(Catalogue const& catalogue)
{
    auto mutants = load_mutants(command_line::data_roots({}), catalogue);
    if (!mutants) throw std::runtime_error(mutants.error().front().text());
    return std::move(*mutants);
}

// A workplace in this very process, so that keur's own processor time and that of the clients can be told apart.
class Bench {
public:
    // With the scenarios of these systems; without one, of all.
    explicit Bench(std::vector<std::string> const& systems = {})
        : made_(std::async(std::launch::async, Certificates::make)),
          catalogue(must_load(systems)),
          certificates(must(made_.get())),
          folder_(must(TemporaryFolder::create()))
    {
        for (auto const& [file, text] :
             {std::pair{"ca.pem", certificates.ca_pem}, std::pair{"server.pem", certificates.server_pem},
              std::pair{"server.key", certificates.server_key_pem}})
            if (auto const written = write_file(folder_.path() / file, text); !written)
                throw std::runtime_error(written.error().text());
    }

    [[nodiscard]] Workplace workplace()
    {
        return {.loop = loop,
                .certificates = certificates,
                .systems = catalogue.systems,
                .folder = folder_.path(),
                .ca_file = folder_.path() / "ca.pem",
                .bin = own_folder()};
    }

private:
    std::future<Result<Certificates>> made_;  // while files are read, as keur run does

public:
    Catalogue catalogue;
    Certificates certificates;
    net::Loop loop;

private:
    TemporaryFolder folder_;
};

}  // namespace keur::bench
