/* Logs what a program writes to its database, so that a test can work out what a disk holds
 * after the power was cut: what was synchronised, and any part of the rest.
 *
 * A shared library for LD_PRELOAD. WRITE_LOG names the log, WRITE_LOG_OF the database; its
 * write-ahead log is watched too. A record is a header and, for a write, its bytes. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>

enum { WRITE = 0, TRUNCATE = 1, SYNC = 2 };

struct record {
    uint32_t kind;
    uint32_t is_wal;
    uint64_t offset; /* for TRUNCATE the new length */
    uint64_t length;
};

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;
static char database[PATH_MAX], wal[PATH_MAX];

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_truncate)(int, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int);

__attribute__((constructor)) static void open_log(void)
{
    const char *log = getenv("WRITE_LOG"), *of = getenv("WRITE_LOG_OF");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    if (!log || !of)
        return;
    snprintf(database, sizeof database, "%s", of);
    snprintf(wal, sizeof wal, "%s-wal", of);
    log_file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* 0 for the database, 1 for its write-ahead log, -1 for any other file. */
static int watched(int fd)
{
    char link[64], path[PATH_MAX];
    if (log_file < 0)
        return -1;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return -1;
    path[length] = 0;
    return strcmp(path, database) == 0 ? 0 : strcmp(path, wal) == 0 ? 1 : -1;
}

static void record(uint32_t kind, int is_wal, uint64_t offset, const void *bytes, size_t length)
{
    struct record head = { kind, (uint32_t)is_wal, offset, length };
    static unsigned char whole[sizeof head + (1 << 20)];
    if (length > sizeof whole - sizeof head)
        abort();
    memcpy(whole, &head, sizeof head);
    if (length)
        memcpy(whole + sizeof head, bytes, length);
    /* One call, so that a kill leaves no half of a record. */
    if (real_write(log_file, whole, sizeof head + length) != (ssize_t)(sizeof head + length))
        abort();
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset)
{
    int is_wal = watched(fd);
    if (is_wal < 0)
        return real_pwrite(fd, bytes, length, offset);
    pthread_mutex_lock(&order);
    ssize_t written = real_pwrite(fd, bytes, length, offset);
    if (written > 0)
        record(WRITE, is_wal, (uint64_t)offset, bytes, (size_t)written);
    pthread_mutex_unlock(&order);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    return pwrite64(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    int is_wal = watched(fd);
    if (is_wal < 0)
        return real_write(fd, bytes, length);
    pthread_mutex_lock(&order);
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t written = real_write(fd, bytes, length);
    if (written > 0)
        record(WRITE, is_wal, (uint64_t)offset, bytes, (size_t)written);
    pthread_mutex_unlock(&order);
    return written;
}

int ftruncate64(int fd, off_t length)
{
    int is_wal = watched(fd);
    if (is_wal < 0)
        return real_truncate(fd, length);
    pthread_mutex_lock(&order);
    int done = real_truncate(fd, length);
    if (done == 0)
        record(TRUNCATE, is_wal, (uint64_t)length, NULL, 0);
    pthread_mutex_unlock(&order);
    return done;
}

int ftruncate(int fd, off_t length)
{
    return ftruncate64(fd, length);
}

/* Only what was written before the call is certain: writes of other threads during the call are
 * logged after it. */
static int synchronise(int fd, int (*real)(int))
{
    int is_wal = watched(fd);
    if (is_wal < 0)
        return real(fd);
    pthread_mutex_lock(&order);
    int done = real(fd);
    if (done == 0)
        record(SYNC, is_wal, 0, NULL, 0);
    pthread_mutex_unlock(&order);
    return done;
}

int fsync(int fd)
{
    return synchronise(fd, real_fsync);
}

int fdatasync(int fd)
{
    return synchronise(fd, real_fdatasync);
}
