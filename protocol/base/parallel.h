#pragma once

#include <cstddef>
#include <functional>

namespace keur {

// Calls work(0) … work(count - 1), each once, on all cores (at most 8), and returns when all are done. What one call
// throws is thrown again here.
void in_parallel(std::size_t count, std::function<void(std::size_t)> const& work);

}  // namespace keur
