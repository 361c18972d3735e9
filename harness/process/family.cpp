#include "harness/process/family.h"

#include "harness/process/kin.h"
#include "harness/process/process.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

namespace keur {
namespace {

std::set<pid_t>& claimed()
{
    static std::set<pid_t> children;
    return children;
}

bool adopts_orphans()
{
    int adopts = 0;
    ::prctl(PR_GET_CHILD_SUBREAPER, &adopts);
    return adopts != 0;
}

bool is_only_client(pid_t child)
{
    return claimed().size() == (claimed().contains(child) ? 1U : 0U);
}

// Children of ours that nobody started here were adopted. Which client they come from shows in their session, as long
// as they kept it; the others go with the last client.
bool is_orphan_of(pid_t child, Kin const& kin)
{
    if (kin.session == child) return kin.id != child;
    return adopts_orphans() && is_only_client(child) && kin.parent == ::getpid() && !claimed().contains(kin.id);
}

// Our children, living or dead but not reaped.
bool has_children()
{
    siginfo_t info{};
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

// It ended before it was seen: by the group's signal, or because the end of the client left its stopped group an orphan,
// which the kernel then hangs up (POSIX, _exit).
bool is_our_doing(int status)
{
    return WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGHUP);
}

std::optional<int> reap(pid_t child)
{
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) != child) return std::nullopt;
    claimed().erase(child);
    return status;
}

// The child and all that descends from it, orphans included.
std::vector<Kin> family_of(pid_t child)
{
    auto const all = every_process();
    std::vector<Kin> family;
    std::set<pid_t> ancestors;
    for (auto const& kin : all) {
        if (kin.id != child && !is_orphan_of(child, kin)) continue;
        family.push_back(kin);
        ancestors.insert(kin.id);
    }
    std::ranges::copy(descendants(all, ancestors), std::back_inserter(family));
    return family;
}

class Hunt {
public:
    explicit Hunt(pid_t child) : child_(child) {}

    FamilyEnd run()
    {
        FamilyEnd end;
        while (is_in_time() && !is_over()) {
            if (catch_new()) {
                quiet_walks_ = 0;
                stop_all();
                kill_all();
            } else {
                ++quiet_walks_;
            }
            if (!end.wait_status) end.wait_status = reap(child_);
            reap_orphans();
        }
        auto const is_other = [&](Kin const& kin) { return kin.id != child_; };
        end.others = static_cast<int>(std::ranges::count_if(caught_, is_other));
        return end;
    }

private:
    [[nodiscard]] bool is_in_time() const { return std::chrono::steady_clock::now() < deadline_; }

    // All orphans come to us, so no children means no descendants. While other clients live this cannot be told: then
    // three walks in a row that find nobody have to do (one alone misses a process that is replaced during the walk).
    [[nodiscard]] bool is_over() const
    {
        if (adopts_orphans() && is_only_client(child_)) return !has_children();
        return quiet_walks_ >= 3;
    }

    // Stops those that were not seen before; false when there was none.
    bool catch_new()
    {
        bool is_new = false;
        for (auto const& kin : family_of(child_)) {
            if (!kin.is_alive || is_caught(kin)) continue;
            send(kin, SIGSTOP);
            caught_.push_back(kin);
            known_.insert({kin.id, kin.start});
            is_new = true;
        }
        return is_new;
    }

    [[nodiscard]] bool is_caught(Kin const& kin) const { return known_.contains({kin.id, kin.start}); }

    // A group keeps its number, and a signal reaches the whole group at once, as long as its first process is not reaped.
    void signal_group(int number) const
    {
        if (claimed().contains(child_)) ::kill(-child_, number);
    }

    void stop_all()
    {
        signal_group(SIGSTOP);
        while (is_in_time() && catch_new()) {
        }
    }

    void kill_all()
    {
        signal_group(SIGKILL);
        for (auto const& kin : caught_) send(kin, SIGKILL);
        for (auto const& kin : caught_) await_end(kin, deadline_);
    }

    void reap_orphans()
    {
        for (auto const& kin : every_process()) {
            int status = 0;
            if (!is_orphan_of(child_, kin) || ::waitpid(kin.id, &status, WNOHANG) != kin.id) continue;
            if (!is_caught(kin) && is_our_doing(status)) caught_.push_back(kin);
        }
    }

    pid_t child_;
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    int quiet_walks_ = 0;
    std::vector<Kin> caught_;
    std::set<std::pair<pid_t, unsigned long long>> known_;
};

}  // namespace

void claim(pid_t child)
{
    claimed().insert(child);
}

FamilyEnd end_family(pid_t child)
{
    FamilyEnd end;
    if (adopts_orphans() && is_only_client(child)) {
        ::kill(-child, SIGKILL);  // reaches the whole group at once: none of it can fork away
        end.wait_status = reap(child);
        if (end.wait_status && !has_children()) return end;  // the usual end costs no walk through all processes
    }
    auto const hunted = Hunt(child).run();
    claimed().erase(child);
    return {hunted.others, end.wait_status ? end.wait_status : hunted.wait_status};
}

void adopt_orphans()
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

}  // namespace keur
