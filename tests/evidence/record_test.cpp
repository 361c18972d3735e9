#include "evidence/record.h"

#include "protocol/base/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace keur {
namespace {

struct RecordTest : testing::Test {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("keur-record-test-" + std::to_string(::getpid()));
    std::filesystem::path file = folder / "record.jsonl";
    ~RecordTest() override { std::filesystem::remove_all(folder); }

    static RunHeader header()
    {
        RunHeader header{.keur_version = "0.1", .started = "2026-11-22T08:15:30.123Z", .seed = ~0ULL, .planned = 2};
        header.clients = {{"reference", "keur's own", "1"}};
        header.rules = {{.id = "LOKET-05",
                         .system = "loket",
                         .title = "State is checked.",
                         .level = Level::should,
                         .attestation = Attestation::stated,
                         .sources = {{"RFC 6749", "10.12", "https://example.test/"}},
                         .prevents = "cross-site request forgery",
                         .observable = false,
                         .not_observable_because = "it is inside",
                         .proven = true}};
        header.command = {"run", "--seed", "7"};
        return header;
    }
    static Offer offer()
    {
        return {
            .client = "reference",
            .guideline = "A guideline",
            .edition = "2025-05",
            .address = "https://example.test/",
            .hellos = 3,
            .shapes = 1,
            .components = {
                {.name = "versions",
                 .grade = Grade::phase_out,
                 .values = {{.name = "TLS 1.1 (0x0302)", .grade = Grade::phase_out, .why = "old", .section = "3.3.1"},
                            {.name = "not offered", .is_absence = true}}}}};
    }
    static ScenarioResult result(std::string scenario)
    {
        ScenarioResult result{.client = "reference", .system = "loket", .scenario = std::move(scenario)};
        result.verdicts = {{.rule = "LOKET-05", .outcome = Outcome::fail, .whose = Whose::client, .evidence = {1}}};
        result.transcript = Json::parse(R"([{"id":1,"kind":"note"}])");
        result.clock = "preload";
        result.seed = 9;
        result.seconds = 0.25;
        result.client_seconds = 0.125;
        result.fingerprints = {{"state", {"a", "b"}}};
        return result;
    }
    void write_whole_run() const
    {
        auto writer = RecordWriter::create(file, header());
        ASSERT_TRUE(writer) << writer.error().text();
        ASSERT_TRUE(writer->append(result("loket/one")));
        ASSERT_TRUE(writer->append_line(to_line(Json{{"result", to_json(result("loket/two"))}})));
        ASSERT_TRUE(writer->append_run_wide("reference", {.rule = "state-unique", .kind = RuleKind::standing}));
        ASSERT_TRUE(writer->append_offer(offer()));
        ASSERT_TRUE(writer->finish(1.5));
    }
};

TEST_F(RecordTest, ReadsBackWhatWasWritten)
{
    write_whole_run();
    auto const record = read_record(file);
    ASSERT_TRUE(record) << record.error().text();
    EXPECT_EQ(to_json(record->header), to_json(header()));
    ASSERT_EQ(record->results.size(), 2U);
    EXPECT_EQ(to_json(record->results[1]), to_json(result("loket/two")));
    ASSERT_EQ(record->run_wide.size(), 1U);
    EXPECT_EQ(record->run_wide[0].rule, "state-unique");
    EXPECT_EQ(record->run_wide_clients[0], "reference");
    ASSERT_EQ(record->offers.size(), 1U);
    EXPECT_EQ(record->offers[0], offer());
    EXPECT_TRUE(record->complete);
    EXPECT_EQ(record->seconds, 1.5);
    EXPECT_EQ(record->damage, "");
}

TEST_F(RecordTest, KeepsWhatAKilledRunHadFinished)
{
    write_whole_run();
    auto const whole = *read_file(file);
    auto const header_size = whole.find('\n') + 1;
    for (auto size = header_size; size < whole.size(); size += 37) {
        ASSERT_TRUE(write_file(file, whole.substr(0, size)));
        auto const record = read_record(file);
        ASSERT_TRUE(record) << record.error().text();
        auto const lines = std::ranges::count(whole.substr(0, size), '\n') - 1;
        EXPECT_EQ(static_cast<std::ptrdiff_t>(record->results.size() + record->run_wide.size() + record->offers.size()),
                  lines)
            << size;
        EXPECT_FALSE(record->complete);
        EXPECT_EQ(record->damage.empty(), whole[size - 1] == '\n') << record->damage;
    }
}

TEST_F(RecordTest, TellsTheNumberOfABrokenLineInTheMiddle)
{
    write_whole_run();
    auto text = *read_file(file);
    auto const second_line = text.find('\n') + 1;
    text.insert(second_line, "{\"result\":{\"client\":\n");
    ASSERT_TRUE(write_file(file, text));
    auto const record = read_record(file);
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().text(),
              file.string() +
                  ":2: the line is not JSON: {\"result\":{\"client\":; the record was changed or "
                  "is not one of keur's; run again");
}

TEST_F(RecordTest, RefusesHostileContentWithAnError)
{
    std::filesystem::create_directories(folder);
    auto const first = to_line(Json{{"run", to_json(header())}}) + "\n";
    auto const last = std::string("\n") + R"({"end":{"seconds":1}})" + "\n";
    for (std::string const& line :
         {std::string("{\"result\":5}"), std::string("{\"result\":{\"client\":[]}}"), std::string("[]"),
          std::string("5"), std::string("{}"), std::string("{\"run-wide\":{\"client\":1}}"),
          std::string("{\"end\":{\"seconds\":-1}}"), std::string("\xff\xfe"), std::string(1'000'000, '['),
          std::string("{\"run\":{}}"), std::string()}) {
        ASSERT_TRUE(write_file(file, first + line + last));
        EXPECT_FALSE(read_record(file)) << line.substr(0, 40);
    }
}

TEST_F(RecordTest, RefusesAFileThatIsEmptyOrMissingOrNoRecord)
{
    EXPECT_FALSE(read_record(file));
    std::filesystem::create_directories(folder);
    for (std::string const text : {"", "\n", "no record", "{\"end\":{\"seconds\":1}}\n"}) {
        ASSERT_TRUE(write_file(file, text));
        EXPECT_FALSE(read_record(file)) << text;
    }
}

TEST_F(RecordTest, WritesOneLineForWordsThatHoldLineBreaksAndForeignBytes)
{
    auto writer = RecordWriter::create(file, header());
    auto strange = result("loket/\n\xff");
    strange.verdicts[0].because = "said \"a\nb\xfe\"";
    ASSERT_TRUE(writer->append(strange));
    ASSERT_TRUE(writer->finish(1));
    auto const record = read_record(file);
    ASSERT_TRUE(record) << record.error().text();
    EXPECT_EQ(record->results.at(0).verdicts.at(0).because, "said \"a\nb\xef\xbf\xbd\"");
}

TEST_F(RecordTest, RefusesToAppendMoreThanOneLine)
{
    auto writer = RecordWriter::create(file, header());
    EXPECT_FALSE(writer->append_line("{}\n{}"));
}

TEST_F(RecordTest, SaysWhyARecordCannotBeOpened)
{
    auto const writer = RecordWriter::create("/proc/nowhere/record.jsonl", header());
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().where, "/proc/nowhere/record.jsonl");
}

TEST_F(RecordTest, SaysThatTheDiskIsFull)
{
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "this machine has no /dev/full";
    auto const writer = RecordWriter::create("/dev/full", header());
    ASSERT_FALSE(writer);
    EXPECT_NE(writer.error().what.find("No space left"), std::string::npos);
}

TEST(Source, ReadsAsPeopleCiteIt)
{
    EXPECT_EQ((Source{"RFC 6749", "4.1.3", ""}).text(), "RFC 6749 §4.1.3");
    EXPECT_EQ((Source{"Loket developer portal", "Get started", ""}).text(), "Loket developer portal, Get started");
    EXPECT_EQ((Source{"RFC 9700", "", ""}).text(), "RFC 9700");
}

}  // namespace
}  // namespace keur
