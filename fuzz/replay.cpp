// Runs a fuzz target over every file of the folders and files named on the command line, without libFuzzer. A target
// with a mutator of its own also gets some mutations of each, the same ones every time.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                                                     std::size_t limit, unsigned seed);
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t limit);

// What libFuzzer offers to custom mutators, in its simplest form: changes, adds or removes one byte.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t limit)
{
    static std::minstd_rand random(1);
    auto const place = size == 0 ? 0 : random() % size;
    switch (random() % 3) {
        case 0:
            if (size > 0) data[place] = static_cast<std::uint8_t>(random());
            return size;
        case 1:
            if (size < limit) data[size] = static_cast<std::uint8_t>(random());
            return std::min(size + 1, limit);
        default:
            std::copy(data + std::min(place + 1, size), data + size, data + place);
            return size == 0 ? 0 : size - 1;
    }
}

namespace {

void mutate_and_run(std::string const& content)
{
    constexpr std::size_t room = 4096;
    constexpr unsigned times = 100;
    for (unsigned seed = 0; seed < times && content.size() <= room; ++seed) {
        std::vector<std::uint8_t> bytes(content.begin(), content.end());
        auto const size = bytes.size();
        bytes.resize(room);
        bytes.resize(LLVMFuzzerCustomMutator(bytes.data(), size, room, seed));
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
}

void replay(std::filesystem::path const& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::string const content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(content.data()), content.size());
    if (LLVMFuzzerCustomMutator != nullptr) mutate_and_run(content);
}

}  // namespace

int main(int count, char** arguments)
{
    std::size_t files = 0;
    for (int i = 1; i < count; ++i) {
        if (std::filesystem::is_regular_file(arguments[i])) replay(arguments[i]), ++files;
        if (!std::filesystem::is_directory(arguments[i])) continue;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(arguments[i]))
            if (entry.is_regular_file()) replay(entry.path()), ++files;
    }
    std::printf("%zu inputs replayed\n", files);
    return files > 0 ? 0 : 1;
}
