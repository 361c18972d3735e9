#pragma once

#include "evidence/offer.h"
#include "evidence/verdict.h"
#include "evidence/waiver.h"
#include "protocol/base/json.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace keur {

struct Source {
    std::string document;
    std::string section;
    std::string address;

    bool operator==(Source const&) const = default;
    // `RFC 6749 §4.1.3`
    [[nodiscard]] std::string text() const;
};

// What a report needs to know of a rule, frozen into the record so that reports need nothing else.
struct RuleSummary {
    std::string id;
    std::string system;
    std::string title;  // one sentence
    Level level = Level::must;
    Attestation attestation = Attestation::assumed;
    std::vector<Source> sources;
    std::string prevents;
    bool observable = true;
    std::string not_observable_because;
    bool proven = false;  // a mutant breaks it
};

struct ClientSummary {
    std::string name;
    std::string title;
    std::string version;  // of the library or program, as its client.yaml or its adapter says
};

// One client × scenario case, finished.
struct ScenarioResult {
    std::string client;
    std::string system;
    std::string scenario;   // `loket/callback/state-forged`
    std::string case_name;  // empty when the scenario has one case
    std::string title;
    bool control = false;
    std::vector<Verdict> verdicts;
    Json transcript = Json::array();  // masked observations
    std::string clock;                // how time was moved: not-moved, preload, parties-only
    std::uint64_t seed = 0;
    double seconds = 0;         // real time, all of it
    double client_seconds = 0;  // real time in which keur waited for the client
    // Fingerprints of values that must be unique in a whole run, by name (`state`, `code_challenge`).
    std::map<std::string, std::vector<std::string>> fingerprints;

    // `loket/callback/state[forged]`, as on the command line.
    [[nodiscard]] std::string name() const;
};

// Header line of a run record.
struct RunHeader {
    std::string keur_version;
    std::string started;  // RFC 3339, real time
    std::uint64_t seed = 0;
    std::vector<ClientSummary> clients;
    std::vector<RuleSummary> rules;
    std::size_t planned = 0;           // client × scenario cases
    std::vector<std::string> command;  // the arguments of this run
    std::vector<Waiver> waivers;       // that were given to it
};

struct RunRecord {
    RunHeader header;
    std::vector<ScenarioResult> results;
    std::vector<Verdict> run_wide;  // of rules that watch the whole run, with `client` in run_wide_clients
    std::vector<std::string> run_wide_clients;
    std::vector<Offer> offers;  // of TLS, one for each client that said anything
    bool complete = false;      // the closing line is there
    double seconds = 0;
    std::string damage;  // what was wrong with the file's end; empty when nothing
};

[[nodiscard]] Json to_json(RunHeader const& header);
[[nodiscard]] Json to_json(ScenarioResult const& result);
[[nodiscard]] Result<ScenarioResult> result_from_json(Json const& json);

// Reads `record.jsonl`: line 1 {"run":…}, then {"result":…} lines, {"run-wide":{client, verdict}}, {"offer":…}, last
// {"end":{"seconds":…}}. A broken last line (keur was killed) is dropped and told in `damage`; a broken line elsewhere
// is an error with its number.
[[nodiscard]] Result<RunRecord> read_record(std::filesystem::path const& file);
// The same from a text; `where` names it in errors.
[[nodiscard]] Result<RunRecord> parse_record(std::string_view text, std::string const& where);

// Appends lines to a record; each append is one write(2), so that a kill leaves whole lines.
class RecordWriter {
public:
    static Result<RecordWriter> create(std::filesystem::path const& file, RunHeader const& header);
    RecordWriter(RecordWriter&&) noexcept;
    RecordWriter& operator=(RecordWriter&&) noexcept;
    ~RecordWriter();

    [[nodiscard]] Result<void> append(ScenarioResult const& result);
    [[nodiscard]] Result<void> append_line(std::string_view json_line);  // an already serialised {"result":…} line
    [[nodiscard]] Result<void> append_run_wide(std::string const& client, Verdict const& verdict);
    [[nodiscard]] Result<void> append_offer(Offer const& offer);
    [[nodiscard]] Result<void> finish(double seconds);

private:
    explicit RecordWriter(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace keur
