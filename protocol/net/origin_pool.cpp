#include "protocol/net/origin_pool.h"

#include <utility>

namespace keur::net {

namespace {

constexpr std::size_t most_idle = 8;  // for each origin

void end(Channel& channel)
{
    channel.stream.finish(true);
    channel.stream.close();
}

// True while the server has neither closed the connection nor sent something nobody asked for.
bool is_quiet(Channel& channel)
{
    std::string unasked;
    return channel.stream.try_read(unasked) == Step::want_read;
}

}  // namespace

std::shared_ptr<Channel> OriginPool::add(asio::io_context& context)
{
    std::erase_if(known_, [](auto const& known) { return known.expired(); });
    auto channel = std::make_shared<Channel>(context);
    known_.push_back(channel);
    return channel;
}

std::shared_ptr<Channel> OriginPool::take(std::string const& origin)
{
    auto const found = idle_.find(origin);
    if (found == idle_.end()) return nullptr;
    auto& waiting = found->second;
    while (!waiting.empty()) {
        auto channel = std::move(waiting.back());
        waiting.pop_back();
        if (is_quiet(*channel)) return channel;
        end(*channel);
    }
    return nullptr;
}

void OriginPool::give_back(std::string const& origin, std::shared_ptr<Channel> channel, bool is_wanted)
{
    auto& waiting = idle_[origin];
    if (!is_wanted || !channel->may_be_kept || waiting.size() >= most_idle) return end(*channel);
    waiting.push_back(std::move(channel));
}

void OriginPool::close_idle()
{
    for (auto const& [origin, waiting] : idle_) {
        for (auto const& channel : waiting) end(*channel);
    }
    idle_.clear();
}

void OriginPool::close_all()
{
    close_idle();
    for (auto const& known : std::exchange(known_, {})) {
        if (auto const channel = known.lock()) channel->stream.close();
    }
}

}  // namespace keur::net
