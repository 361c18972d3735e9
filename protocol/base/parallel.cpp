#include "protocol/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace keur {

void in_parallel(std::size_t count, std::function<void(std::size_t)> const& work)
{
    std::atomic<std::size_t> next = 0;
    auto const take_turns = [&] {
        for (auto i = next++; i < count; i = next++) work(i);
    };
    auto const cores = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < std::min(cores, count); ++i)
        others.push_back(std::async(std::launch::async, take_turns));
    take_turns();
    for (auto& other : others) other.get();
}

}  // namespace keur
