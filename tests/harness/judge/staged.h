#pragma once

#include "evidence/transcript.h"
#include "harness/judge/expectation.h"
#include "protocol/base/yaml.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace keur {

// A transcript made by hand on a clock made by hand.
struct Staged {
    ManualClock clock{TimePoint{std::chrono::seconds{1'800'000'000}}};
    Transcript seen{clock};

    void wait(std::chrono::milliseconds time) { clock.advance(time); }
    int add(std::string party, std::string kind, Json fields)
    {
        return seen.add(std::move(party), std::move(kind), std::move(fields)).id;
    }
    int request(std::string const& endpoint, Json const& fields = Json::object(), std::string const& party = "idp")
    {
        Json all{{"method", "POST"}, {"path", "/" + endpoint}, {"target", "/" + endpoint}, {"endpoint", endpoint}};
        all.update(fields);
        return add(party, "request", std::move(all));
    }
    int response(int to, int status, Json const& fields = Json::object(), std::string const& party = "idp")
    {
        Json all{{"to", to}, {"endpoint", field(*seen.find(to), "endpoint")}, {"status", status}, {"delivered", true}};
        all.update(fields);
        return add(party, "response", std::move(all));
    }
    Secret& secret(std::string kind, std::string value)
    {
        return seen.secrets.add(std::move(kind), std::move(value), clock.now());
    }
};

inline Yaml yaml(std::string_view text)
{
    auto parsed = parse_yaml(text, "test.yaml");
    EXPECT_TRUE(parsed) << parsed.error().text();
    return parsed.value_or(Yaml{});
}

}  // namespace keur
