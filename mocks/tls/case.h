#pragma once

#include "mocks/tls/handshake.h"
#include "mocks/tls/recipe.h"
#include "protocol/base/clock.h"
#include "protocol/base/yaml.h"

#include <filesystem>
#include <string>
#include <vector>

namespace keur::mocks::transport {

// One entry of mocks/tls/*.yaml: one way in which a server is not what a client should find, or is, unusually; and what
// the documents want of a client that meets it.
struct Case {
    std::string id;
    std::string title;     // completes "the server's …": `certificate is issued by itself`
    std::string category;  // control, trust, time, name, purpose, ext, crypto, proto, wire, close
    std::string client;    // refuses, accepts, or either: the documents leave it open
    std::vector<std::string> rules;
    std::string source;              // the document that decides, and its section: `RFC 5280 6.1`
    std::string host = "localhost";  // what the client is told the server is called
    ChainRecipe chain;
    Handshake handshake;
    Yaml objection;  // what other verifiers say of the certificate (tests/mocks/tls)
};

[[nodiscard]] Result<Case> read_case(Yaml const& entry, TimePoint now);

// A case, and the text it was read from.
struct Entry {
    Yaml source;
    Case what;
    bool is_sample = false;  // it stands in sample.yaml: one of those that are tried on every connection
};

enum class Part { sample, all };

// The entries of a folder's files, in the order of their names; of sample.yaml only, if there is one, for a part that is
// the sample. Fails with the first mistake.
[[nodiscard]] Result<std::vector<Entry>> load_cases(std::filesystem::path const& folder, Part part = Part::all);

}  // namespace keur::mocks::transport
