#include "evidence/record.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace keur {

namespace {

constexpr std::string_view remedy = "free some space or choose another folder with --out";

// What was written so far of a line that the disk had no room for is taken back: the record stays readable.
Result<void> write_line(int descriptor, std::string line)
{
    line.push_back('\n');
    auto const start = ::lseek(descriptor, 0, SEEK_END);
    for (std::string_view rest = line; !rest.empty();) {
        auto const count = ::write(descriptor, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            auto const reason = std::strerror(errno);
            if (start >= 0 && ::ftruncate(descriptor, start) != 0)
                return fail("run record", fmt::format("cannot be written ({}) nor put right", reason),
                            std::string(remedy));
            return fail("run record", fmt::format("cannot be written: {}", reason), std::string(remedy));
        }
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace

Result<RecordWriter> RecordWriter::create(std::filesystem::path const& file, RunHeader const& header)
{
    std::error_code ignored;  // if the folder cannot be made, open() says why
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    auto const descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return fail(file.string(), fmt::format("the run record cannot be opened: {}", std::strerror(errno)),
                    "choose a folder you may write to with --out");
    RecordWriter writer(descriptor);
    auto const written = writer.append_line(to_line({{"run", to_json(header)}}));
    if (!written) return fail(written);
    return writer;
}

RecordWriter::RecordWriter(RecordWriter&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RecordWriter& RecordWriter::operator=(RecordWriter&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

RecordWriter::~RecordWriter()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> RecordWriter::append(ScenarioResult const& result)
{
    return append_line(to_line({{"result", to_json(result)}}));
}

Result<void> RecordWriter::append_line(std::string_view json_line)
{
    if (json_line.find('\n') != std::string_view::npos)
        return fail("run record", "a line to append holds a line break", "hand over one line of JSON");
    return write_line(descriptor_, std::string(json_line));
}

Result<void> RecordWriter::append_run_wide(std::string const& client, Verdict const& verdict)
{
    return append_line(to_line({{"run-wide", {{"client", client}, {"verdict", to_json(verdict)}}}}));
}

Result<void> RecordWriter::append_offer(Offer const& offer)
{
    return append_line(to_line({{"offer", to_json(offer)}}));
}

Result<void> RecordWriter::finish(double seconds)
{
    return append_line(to_line({{"end", {{"seconds", seconds}}}}));
}

}  // namespace keur
