/* Preloaded into clients: moves their wall clock by the offset that keur writes into the file KEUR_CLOCK names (8 bytes,
 * nanoseconds). Monotonic clocks, sleeps and timers stay untouched (libfaketime moves them too). Waits until a moment of
 * the wall clock are told the machine's moment: after +1h, `until now + 1s` must not last an hour. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { second = 1000000000 };

static int (*real_clock_gettime)(clockid_t, struct timespec*);
static int64_t const volatile* offset;

__attribute__((constructor)) static void find(void)
{
    real_clock_gettime = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    char const* const name = getenv("KEUR_CLOCK");
    int const file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    struct stat about;
    void* mapped = MAP_FAILED;
    if (!fstat(file, &about) && about.st_size >= (off_t)sizeof(int64_t))
        mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED) offset = mapped;
}

static void move(struct timespec* time, int64_t by)
{
    time->tv_sec += by / second;
    time->tv_nsec += by % second;
    if (time->tv_nsec < 0) time->tv_nsec += second, --time->tv_sec;
    if (time->tv_nsec >= second) time->tv_nsec -= second, ++time->tv_sec;
}

static int64_t moved(void)
{
    return offset ? *offset : 0;
}

static int is_wall_clock(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

int clock_gettime(clockid_t clock, struct timespec* time)
{
    /* before our constructor ran, another library's constructor may ask the time */
    int const failed =
        real_clock_gettime ? real_clock_gettime(clock, time) : (int)syscall(SYS_clock_gettime, clock, time);
    if (!failed && is_wall_clock(clock)) move(time, moved());
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

/* The machine's moment for a moment of the moved clock. */
static struct timespec real_moment(struct timespec const* moment)
{
    struct timespec real = *moment;
    move(&real, -moved());
    if (real.tv_sec < 0) real = (struct timespec){0, 0};
    return real;
}

int clock_nanosleep(clockid_t clock, int flags, struct timespec const* until, struct timespec* left)
{
    static int (*next)(clockid_t, int, struct timespec const*, struct timespec*);
    if (!next)
        next = (int (*)(clockid_t, int, struct timespec const*, struct timespec*))dlsym(RTLD_NEXT, "clock_nanosleep");
    if (!(flags & TIMER_ABSTIME) || !is_wall_clock(clock)) return next(clock, flags, until, left);
    struct timespec const real = real_moment(until);
    return next(clock, flags, &real, left);
}

int sem_timedwait(sem_t* restrict semaphore, struct timespec const* restrict until)
{
    static int (*next)(sem_t*, struct timespec const*);
    if (!next) next = (int (*)(sem_t*, struct timespec const*))dlsym(RTLD_NEXT, "sem_timedwait");
    struct timespec const real = real_moment(until);
    return next(semaphore, &real);
}

int pthread_mutex_timedlock(pthread_mutex_t* restrict mutex, struct timespec const* restrict until)
{
    static int (*next)(pthread_mutex_t*, struct timespec const*);
    if (!next) next = (int (*)(pthread_mutex_t*, struct timespec const*))dlsym(RTLD_NEXT, "pthread_mutex_timedlock");
    struct timespec const real = real_moment(until);
    return next(mutex, &real);
}

int pthread_cond_timedwait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex,
                           struct timespec const* restrict until)
{
    static int (*next)(pthread_cond_t*, pthread_mutex_t*, struct timespec const*);
    if (!next)
        next = (int (*)(pthread_cond_t*, pthread_mutex_t*, struct timespec const*))dlsym(RTLD_NEXT,
                                                                                         "pthread_cond_timedwait");
    /* The condition's own clock cannot be asked. Monotonic moments are the machine's uptime: less than 30 years. */
    enum { thirty_years = 946080000 };
    if (until->tv_sec < thirty_years) return next(condition, mutex, until);
    struct timespec const real = real_moment(until);
    return next(condition, mutex, &real);
}
