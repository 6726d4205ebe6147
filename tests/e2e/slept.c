/* Preloaded into one program: its machine has slept for as long as the file named by SLEPT says.
 *
 * The file holds nanoseconds, a signed 64-bit number in the machine's own order. As after a suspend,
 * CLOCK_BOOTTIME and the wall clock have moved on by them and CLOCK_MONOTONIC has not
 * (clock_gettime(2)); a change of the file is a sleep that takes no time.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL

static const volatile int64_t *slept;

__attribute__((constructor)) static void find_slept(void)
{
    const char *path = getenv("SLEPT");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *seen = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *slept, PROT_READ, MAP_SHARED, file, 0);
    if (seen == MAP_FAILED)
        abort();
    slept = seen;
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *moment)
{
    int failed = (int)syscall(SYS_clock_gettime, clock, moment);
    if (!failed && slept && (clock == CLOCK_BOOTTIME || clock == CLOCK_REALTIME)) {
        int64_t nanoseconds = moment->tv_nsec + *slept % SECOND;
        moment->tv_sec += *slept / SECOND + nanoseconds / SECOND;
        moment->tv_nsec = nanoseconds % SECOND;
    }
    return failed;
}
