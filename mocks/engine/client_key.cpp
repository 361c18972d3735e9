#include "mocks/engine/client_key.h"

#include "mocks/engine/state.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace keur::mocks {

namespace {

struct RecipeRow {
    std::string algorithm;
    x509::KeyRecipe recipe;
};

std::vector<RecipeRow> const& recipe_rows()
{
    static std::vector<RecipeRow> const table{
        {"RS256", x509::KeyRecipe::rsa_2048}, {"RS384", x509::KeyRecipe::rsa_2048},
        {"RS512", x509::KeyRecipe::rsa_2048}, {"PS256", x509::KeyRecipe::rsa_2048},
        {"ES256", x509::KeyRecipe::p256},
    };
    return table;
}

// One line out of the middle of a PEM text: a program that prints its key line by line is found by it.
std::string middle_line(std::string const& pem)
{
    auto const from = pem.find('\n', pem.size() / 2) + 1;
    return pem.substr(from, pem.find('\n', from) - from);
}

}  // namespace

void enter_private_key(PlatformState& state, x509::Key const& key, std::string const& client_id)
{
    auto const pem = key.private_pem();
    auto const json = jose::to_json(jose::jwk_of(key), jose::Part::with_private);
    for (auto const& part : {pem, middle_line(pem), text_member(json, "d")})
        state.transcript.secrets.add("private-key", part, state.clock.now()).client_id = client_id;
}

std::vector<std::string> client_key_algorithms()
{
    std::vector<std::string> names;
    for (auto const& row : recipe_rows()) names.push_back(row.algorithm);
    return names;
}

Result<x509::Key> key_of_process(std::string const& purpose, x509::KeyRecipe recipe)
{
    static std::mutex mutex;
    static std::map<std::pair<std::string, x509::KeyRecipe>, x509::Key> keys;
    std::scoped_lock const lock(mutex);
    auto const name = std::pair{purpose, recipe};
    if (auto const found = keys.find(name); found != keys.end()) return found->second;
    auto made = x509::Key::generate(recipe);
    if (made) keys.emplace(name, *made);
    return made;
}

Result<ClientKey> make_client_key(PlatformState& state, std::string const& purpose, std::string const& algorithm,
                                  std::string const& client_id)
{
    auto const row = std::ranges::find(recipe_rows(), algorithm, &RecipeRow::algorithm);
    if (row == recipe_rows().end())
        return std::unexpected(unknown_name("", "algorithm of a client's key", algorithm, client_key_algorithms()));
    auto key = key_of_process(purpose, row->recipe);
    if (!key) return fail(key);
    ClientKey made{.jwk = jose::jwk_of(std::move(*key)), .registered = state.clock.now()};
    made.jwk.kid = state.random.token(12);
    enter_private_key(state, *made.jwk.key(), client_id);
    return made;
}

}  // namespace keur::mocks
