#!/bin/sh
# Hammers the parsers: fuzz/run.sh [TARGET [SECONDS]]. Without a target all of them, one after the other. Starts from
# fuzz/corpus/TARGET, keeps what it learns in build/fuzz/learned/TARGET and what breaks in build/fuzz/findings/TARGET.
# KEUR_FUZZ_RUNS=N ends a target after N executions. Exit 0: nothing broke, 1: something did, 2: no such target.
set -eu
cd "$(dirname "$0")/.."

target=${1:-}
seconds=${2:-60}
runs=${KEUR_FUZZ_RUNS:--1}

targets=$(for file in fuzz/*.cpp; do basename "$file" .cpp; done | grep -vx replay)
if [ -n "$target" ]; then
    if ! printf '%s\n' "$targets" | grep -qx -- "$target"; then
        printf "unknown fuzz target '%s'; use one of: %s\n" "$target" "$(printf '%s' "$targets" | tr '\n' ' ')" >&2
        exit 2
    fi
    targets=$target
fi

if [ ! -f build/fuzz/build.ninja ]; then
    cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1 -DKEUR_FUZZ=ON -DBUILD_TESTING=OFF \
        -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 \
        -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >&2
fi
# shellcheck disable=SC2046
ninja -C build/fuzz $(printf 'fuzz-%s ' $targets) >&2

# Short stacks of allocations and no fake stacks: twice the executions. libFuzzer's own `fuzz-TARGET FILE` shows more.
export ASAN_OPTIONS="malloc_context_size=1:detect_stack_use_after_return=0:quarantine_size_mb=16${ASAN_OPTIONS:+:$ASAN_OPTIONS}"

broken=0
for name in $targets; do
    learned=build/fuzz/learned/$name
    findings=build/fuzz/findings/$name
    mkdir -p "$learned" "$findings" "fuzz/corpus/$name"
    set -- -max_len=2048 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$findings/" \
        -max_total_time="$seconds" -runs="$runs"
    [ ! -f "fuzz/dictionaries/$name.dict" ] || set -- "$@" -dict="fuzz/dictionaries/$name.dict"
    log=build/fuzz/$name.log
    if "build/fuzz/bin/fuzz-$name" "$@" "$learned" "fuzz/corpus/$name" 2>"$log"; then
        result="nothing found"
    else
        result="BROKEN: see $log and $findings/"
        broken=1
    fi
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf '%-24s %12s executions  %s\n' "$name" "${executions:-?}" "$result"
done
exit $broken
