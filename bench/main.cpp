#include "bench/bench.h"

#include <cstdio>
#include <exception>
#include <string_view>

// Prints what keur costs, each figure beside a yardstick measured in the same run. Ratios travel between machines, seconds do not.
int main(int count, char** arguments)
{
    using namespace keur::bench;
    struct Part {
        std::string_view name;
        std::vector<Figure> (*measure)();
    };
    constexpr Part parts[]{{"start", first_answer}, {"tokens", token_endpoint}, {"scenario", cost_of_a_scenario},
                           {"tls", tls_handshake},  {"set", whole_set},         {"battery", tls_battery}};
    bool all_met = true;
    std::printf("%-44s %-26s %-34s %-12s %s\n", "what", "measured", "against", "ratio", "goal");
    for (auto const& part : parts) {
        if (count > 1 && part.name != arguments[1]) continue;
        try {
            for (auto const& figure : part.measure()) {
                std::printf("%-44s %-26s %-34s %-12s %s%s\n", figure.what.c_str(), figure.measured.c_str(),
                            figure.against.c_str(), figure.ratio.c_str(), figure.goal.c_str(),
                            figure.met ? "" : "  NOT MET");
                std::fflush(stdout);
                all_met = all_met && figure.met;
            }
        } catch (std::exception const& error) {
            std::fprintf(stderr, "keur-bench %s: %s\n", std::string(part.name).c_str(), error.what());
            return 2;
        }
    }
    return all_met ? 0 : 1;
}
