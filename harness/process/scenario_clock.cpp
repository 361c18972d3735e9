#include "harness/process/scenario_clock.h"

#include "harness/process/descriptor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

namespace keur {
namespace {

std::unexpected<Error> no_clock(std::filesystem::path const& file)
{
    return fail(file.string(), "the clock file cannot be made: " + std::generic_category().message(errno),
                "check the folder's permissions and free space");
}

}  // namespace

Result<ScenarioClock> ScenarioClock::create(std::filesystem::path const& file)
{
    Descriptor const descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!descriptor.is_open() || ::ftruncate(descriptor.number(), sizeof(long long)) != 0) return no_clock(file);
    void* const mapped = ::mmap(nullptr, sizeof(long long), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.number(), 0);
    if (mapped == MAP_FAILED) return no_clock(file);
    return ScenarioClock(static_cast<long long*>(mapped), file);
}

ScenarioClock::ScenarioClock(ScenarioClock&& other) noexcept
    : offset_(std::exchange(other.offset_, nullptr)), file_(std::move(other.file_))
{
}

ScenarioClock::~ScenarioClock()
{
    if (offset_ == nullptr) return;
    ::munmap(offset_, sizeof(long long));
    ::unlink(file_.c_str());
}

TimePoint ScenarioClock::now() const
{
    return std::chrono::system_clock::now() + moved();
}

void ScenarioClock::advance(std::chrono::nanoseconds step)
{
    std::atomic_ref(*offset_).fetch_add(step.count());
}

std::chrono::nanoseconds ScenarioClock::moved() const
{
    return std::chrono::nanoseconds(std::atomic_ref(*offset_).load());
}

}  // namespace keur
