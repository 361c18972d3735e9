/* Preloaded into clients: moves their wall clock by the offset that keur writes into the file KEUR_CLOCK names (8 bytes,
 * nanoseconds). Monotonic clocks, sleeps and timers stay untouched (libfaketime moves them too). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int (*real_clock_gettime)(clockid_t, struct timespec*);
static volatile int64_t const* offset;

__attribute__((constructor)) static void find(void)
{
    real_clock_gettime = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    char const* const name = getenv("KEUR_CLOCK");
    int const file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void* const mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED) offset = mapped;
}

static void move(struct timespec* time)
{
    enum { second = 1000000000 };
    int64_t const moved = offset ? *offset : 0;
    time->tv_sec += moved / second;
    time->tv_nsec += moved % second;
    if (time->tv_nsec < 0) time->tv_nsec += second, --time->tv_sec;
    if (time->tv_nsec >= second) time->tv_nsec -= second, ++time->tv_sec;
}

int clock_gettime(clockid_t clock, struct timespec* time)
{
    /* before our constructor ran, another library's constructor may ask the time */
    int const failed = real_clock_gettime ? real_clock_gettime(clock, time) : (int)syscall(SYS_clock_gettime, clock, time);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI)) move(time);
    return failed;
}

int gettimeofday(struct timeval* restrict time, void* restrict zone)
{
    (void)zone;
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t* result)
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

int timespec_get(struct timespec* time, int base)
{
    if (base != TIME_UTC || clock_gettime(CLOCK_REALTIME, time)) return 0;
    return base;
}
