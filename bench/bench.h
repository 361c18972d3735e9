#pragma once

#include <functional>
#include <string>
#include <vector>

namespace keur::bench {

// One line of the result: a figure, what it is measured against in the same run, and the goal.
struct Figure {
    std::string what;
    std::string measured;
    std::string against;  // the yardstick, measured in the same run
    std::string ratio;    // or the figure the goal is about
    std::string goal;
    bool met = true;
};

// Each takes some seconds and returns its lines.
std::vector<Figure> whole_set();
std::vector<Figure> cost_of_a_scenario();
std::vector<Figure> first_answer();
std::vector<Figure> token_endpoint();
std::vector<Figure> tls_handshake();
std::vector<Figure> tls_battery();

}  // namespace keur::bench
