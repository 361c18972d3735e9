#pragma once

#include "protocol/base/json.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace keur::reports::page {

// One observation as a diagram shows it.
struct Step {
    int id = 0;
    Json const* seen = nullptr;     // the observation
    std::string from;               // lane; for what happens at one party, that party; empty for what concerns all
    std::string to;                 // lane an arrow points at; empty when it is no message
    std::string strong;             // the word that matters: method, status
    std::string text;               // what else to say in a line
    std::vector<std::string> tags;  // faults
    bool is_trouble = false;        // a refusal, an error, a fault: drawn to be noticed
};

// The observations of a transcript that a diagram shows, in order. Left out unless cited: handshakes that went well and
// browser steps that repeat a request. What cannot be read becomes a step that says so.
[[nodiscard]] std::vector<Step> steps(Json const& transcript, std::set<int> const& cited);

// The step of one observation; `id` 0 when there is none.
[[nodiscard]] Step step_of(Json const& transcript, int id);

}  // namespace keur::reports::page
