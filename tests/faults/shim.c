/* What a disk does to a program, said before its own calls reach the system (LD_PRELOAD). Used by tests.faults.shim; never by the program.

   PSM_FAULTS_UNDER   the folder that is watched; everything else is left alone
   PSM_FAULTS_TRACE   a file: every change below the folder is written down in its order, and every answer that leaves by a socket.
                      Syncing is written down too but not done: what a power cut leaves is worked out from the trace (tests.faults.images)
   PSM_FAULTS_ROOM    bytes by which files below the folder may grow; after that the disk is full
   PSM_FAULTS_FULL    a file: while it is there the disk is full, whatever room there was
   PSM_FAULTS_KILL    a number: at that change below the folder the program is killed (SIGKILL), before it is made
   PSM_FAULTS_FIRST   a name in the folder: changes are counted from the first writing into it on; without it, all of them
   PSM_FAULTS_SPENT   a file: at the end the bytes by which files grew, and the number of changes, are written there

   A record of the trace: kind, length of the path, inode, offset (or length), length of the data; then the path, then the data. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct record {
  uint32_t kind, path_length;
  uint64_t inode, offset, data_length;
};

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char under[PATH_MAX], first[PATH_MAX];
static size_t under_length;
static int has_begun = 1;
static int trace = -1;
static const char *full, *spent_file;
static int64_t room = INT64_MAX, spent, changes, killed_at = INT64_MAX;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("PSM_FAULTS_UNDER"), *to = getenv("PSM_FAULTS_TRACE"), *limit = getenv("PSM_FAULTS_ROOM"),
             *last = getenv("PSM_FAULTS_KILL"), *begins = getenv("PSM_FAULTS_FIRST");
  if (!folder || !realpath(folder, under)) return;
  under_length = strlen(under);
  full = getenv("PSM_FAULTS_FULL");
  spent_file = getenv("PSM_FAULTS_SPENT");
  if (limit) room = atoll(limit);
  if (last) killed_at = atoll(last);
  if (begins) has_begun = !snprintf(first, sizeof first, "%.2000s/%.1000s", under, begins);
  if (to) {
    int made = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    trace = fcntl(made, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, made);
  }
}

__attribute__((destructor)) static void end(void) {
  char said[64];
  if (!spent_file) return;
  int to = (int)syscall(SYS_openat, AT_FDCWD, spent_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall(SYS_write, to, said, (size_t)snprintf(said, sizeof said, "%lld %lld", (long long)spent, (long long)changes));
  syscall(SYS_close, to);
}

static int is_under(const char *path) {
  return under_length && !strncmp(path, under, under_length) && (path[under_length] == '/' || !path[under_length]);
}

/* The path of an open file or folder below ours; 0 for anything else. */
static int path_of(int fd, char *path) {
  char link[40];
  if (!under_length) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_under(path);
}

/* A path as it was given, made absolute; the last part need not exist. */
static int absolute(int folder, const char *given, char *path) {
  char copy[PATH_MAX], where[PATH_MAX];
  if (!under_length || !given || strlen(given) >= PATH_MAX - 1) return 0;
  if (given[0] != '/' && folder != AT_FDCWD) {
    if (!path_of(folder, where)) return 0;
    snprintf(copy, sizeof copy, "%.2000s/%.2000s", where, given);
  } else {
    snprintf(copy, sizeof copy, "%s", given);
  }
  char *slash = strrchr(copy, '/');
  const char *last = slash ? slash + 1 : copy;
  if (slash == copy) return 0;
  if (slash) *slash = 0;
  if (!realpath(slash ? copy : ".", where)) return 0;
  snprintf(path, PATH_MAX, "%.3000s/%.1000s", where, last);
  return is_under(path);
}

static void write_down(char kind, const char *path, uint64_t inode, uint64_t offset, const void *data, size_t length) {
  struct record head = {(uint32_t)kind, (uint32_t)strlen(path), inode, offset, length};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path_length}, {(void *)data, length}};
  if (trace < 0) return;
  int before = errno;
  pthread_mutex_lock(&one_at_a_time);
  syscall(SYS_writev, trace, parts, length ? 3 : 2);
  pthread_mutex_unlock(&one_at_a_time);
  errno = before;
}

/* Something below the folder is about to be changed. */
static void count_change(void) {
  pthread_mutex_lock(&one_at_a_time);
  if (has_begun && ++changes >= killed_at) syscall(SYS_kill, getpid(), SIGKILL);
  pthread_mutex_unlock(&one_at_a_time);
}

/* Is there no room for a file to become this long? What is there already may be written over. */
static int is_full(int fd, off_t end) {
  struct stat now;
  if (fstat(fd, &now) || !S_ISREG(now.st_mode) || end <= now.st_size) return 0;
  int64_t growth = end - now.st_size;
  pthread_mutex_lock(&one_at_a_time);
  int no_room = growth > room - spent || (full && !syscall(SYS_access, full, F_OK));
  if (!no_room) spent += growth;
  pthread_mutex_unlock(&one_at_a_time);
  if (no_room) errno = ENOSPC;
  return no_room;
}

static uint64_t inode_of(int fd) {
  struct stat now;
  return fstat(fd, &now) ? 0 : now.st_ino;
}

static int is_socket(int fd) {
  struct stat now;
  return trace >= 0 && !fstat(fd, &now) && S_ISSOCK(now.st_mode);
}

/* ---- opening ---- */

static int opened(int folder, const char *given, int flags, mode_t mode) {
  char path[PATH_MAX];
  struct stat before;
  int watched = (flags & (O_CREAT | O_TRUNC)) && absolute(folder, given, path);
  int was_there = watched && !stat(path, &before);
  if (watched && !was_there) count_change();
  int fd = (int)syscall(SYS_openat, folder, given, flags, mode);
  if (fd >= 0 && watched && !was_there) write_down('C', path, inode_of(fd), 0, 0, 0);
  if (fd >= 0 && watched && was_there && (flags & O_TRUNC) && before.st_size) write_down('T', path, inode_of(fd), 0, 0, 0);
  return fd;
}

#define OPENS(name)                              \
  int name(const char *path, int flags, ...) {   \
    va_list rest;                                \
    va_start(rest, flags);                       \
    mode_t mode = va_arg(rest, mode_t);          \
    va_end(rest);                                \
    return opened(AT_FDCWD, path, flags, mode);  \
  }
#define OPENS_AT(name)                                     \
  int name(int folder, const char *path, int flags, ...) { \
    va_list rest;                                          \
    va_start(rest, flags);                                 \
    mode_t mode = va_arg(rest, mode_t);                    \
    va_end(rest);                                          \
    return opened(folder, path, flags, mode);              \
  }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

/* ---- writing ---- */

static ssize_t written(int fd, const void *data, size_t length, off_t offset, int at) {
  char path[PATH_MAX];
  int watched = path_of(fd, path);
  if (!watched && is_socket(fd)) write_down('X', "", 0, 0, data, length);
  off_t start = offset;
  if (watched && !at) start = (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
  if (watched && !strcmp(path, first)) has_begun = 1;
  if (watched) count_change();
  if (watched && is_full(fd, start + (off_t)length)) return -1;
  ssize_t done = at ? syscall(SYS_pwrite64, fd, data, length, offset) : syscall(SYS_write, fd, data, length);
  if (watched && done > 0) write_down('W', path, inode_of(fd), (uint64_t)start, data, (size_t)done);
  return done;
}

ssize_t write(int fd, const void *data, size_t length) { return written(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return written(fd, data, length, offset, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return written(fd, data, length, offset, 1); }

static int cut(int fd, off_t length) {
  char path[PATH_MAX];
  int watched = path_of(fd, path);
  if (watched) count_change();
  if (watched && is_full(fd, length)) return -1;
  int done = (int)syscall(SYS_ftruncate, fd, length);
  if (watched && !done) write_down('T', path, inode_of(fd), (uint64_t)length, 0, 0);
  return done;
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

/* Ways around the above: refused where we watch, so that the plain way is taken. */
ssize_t sendfile(int to, int from, off_t *offset, size_t length) {
  char path[PATH_MAX];
  if (path_of(to, path)) return errno = ENOTSOCK, -1;
  return syscall(SYS_sendfile, to, from, offset, length);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) { return sendfile(to, from, (off_t *)offset, length); }
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *start, size_t length, unsigned flags) {
  char path[PATH_MAX];
  if (path_of(to, path)) return errno = EXDEV, -1;
  return syscall(SYS_copy_file_range, from, at, to, start, length, flags);
}
int posix_fallocate(int fd, off_t offset, off_t length) { return is_full(fd, offset + length) ? ENOSPC : EINVAL; }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return posix_fallocate(fd, offset, length); }

/* ---- syncing ---- */

static int synced(int fd, long call) {
  char path[PATH_MAX];
  struct stat now;
  if (trace < 0 || !path_of(fd, path)) return (int)syscall(call, fd);
  if (!fstat(fd, &now)) write_down(S_ISDIR(now.st_mode) ? 'D' : 'S', path, now.st_ino, 0, 0, 0);
  return 0;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

/* ---- names ---- */

int rename(const char *from, const char *to) {
  char path[PATH_MAX], target[PATH_MAX];
  int watched = absolute(AT_FDCWD, from, path) && absolute(AT_FDCWD, to, target);
  if (watched) count_change();
  int done = REAL(rename)(from, to);
  if (watched && !done) write_down('R', path, 0, 0, target, strlen(target));
  return done;
}

static int gone(int folder, const char *given, int flags) {
  char path[PATH_MAX];
  int watched = absolute(folder, given, path);
  if (watched) count_change();
  int done = (int)syscall(SYS_unlinkat, folder, given, flags);
  if (watched && !done) write_down('U', path, 0, 0, 0, 0);
  return done;
}

int unlink(const char *path) { return gone(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return gone(folder, path, flags); }

/* ---- answers ---- */

ssize_t send(int fd, const void *data, size_t length, int flags) {
  if (is_socket(fd)) write_down('X', "", 0, 0, data, length);
  return REAL(send)(fd, data, length, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  for (size_t part = 0; is_socket(fd) && part < message->msg_iovlen; part++)
    write_down('X', "", 0, 0, message->msg_iov[part].iov_base, message->msg_iov[part].iov_len);
  return REAL(sendmsg)(fd, message, flags);
}
