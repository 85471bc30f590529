/*
 * Makes system calls fail on purpose; preloaded into a command.
 *
 *   FAULT_ROOT    only calls about files below this folder count
 *   FAULT_CALL    open, read, write, fsync, close, rename, link, unlink, mkdir, stat, list, or any
 *   FAULT_NUMBER  which of these calls, counted from 1
 *   FAULT_KIND    a number for errno; eintr: fail once with EINTR; short: transfer one byte only;
 *                 kill: SIGKILL before the call; term: SIGTERM before the call
 *   FAULT_MARK    this file is made when the fault happens
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NONE, SHORT, FAIL };

static int isBelow(const char *path) {
  const char *root = getenv("FAULT_ROOT");
  return root && path && strncmp(path, root, strlen(root)) == 0;
}

static int isFileBelow(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = syscall(SYS_readlink, link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return isBelow(path);
}

static int fault(const char *call, int concerns) {
  static int count;
  const char *wanted = getenv("FAULT_CALL"), *kind = getenv("FAULT_KIND");
  if (!concerns || !wanted || !kind) return NONE;
  if (strcmp(wanted, "any") != 0 && strcmp(wanted, call) != 0) return NONE;
  if (++count != atoi(getenv("FAULT_NUMBER"))) return NONE;
  if (getenv("FAULT_MARK")) {
    int mark = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_MARK"), O_CREAT | O_WRONLY, 0600);
    syscall(SYS_close, mark);
  }
  if (strcmp(kind, "kill") == 0) kill(getpid(), SIGKILL);
  if (strcmp(kind, "term") == 0) { kill(getpid(), SIGTERM); return NONE; }
  if (strcmp(kind, "short") == 0) return SHORT;
  errno = strcmp(kind, "eintr") == 0 ? EINTR : atoi(kind);
  return FAIL;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define OPEN(name, ...)                                                                          \
  {                                                                                              \
    va_list list;                                                                                \
    va_start(list, flags);                                                                       \
    mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                    \
    va_end(list);                                                                                \
    if (fault("open", isBelow(path)) == FAIL) return -1;                                         \
    REAL(name);                                                                                  \
    return real(__VA_ARGS__, flags, mode);                                                       \
  }

int open(const char *path, int flags, ...) OPEN(open, path)
int open64(const char *path, int flags, ...) OPEN(open64, path)
int openat(int directory, const char *path, int flags, ...) OPEN(openat, directory, path)
int openat64(int directory, const char *path, int flags, ...) OPEN(openat64, directory, path)

ssize_t read(int descriptor, void *buffer, size_t count) {
  int kind = fault("read", descriptor == 0 || isFileBelow(descriptor));
  if (kind == FAIL) return -1;
  return syscall(SYS_read, descriptor, buffer, kind == SHORT && count ? 1 : count);
}

ssize_t write(int descriptor, const void *buffer, size_t count) {
  int kind = fault("write", isFileBelow(descriptor));
  if (kind == FAIL) return -1;
  return syscall(SYS_write, descriptor, buffer, kind == SHORT && count ? 1 : count);
}

int fsync(int descriptor) { return fault("fsync", isFileBelow(descriptor)) == FAIL ? -1 : syscall(SYS_fsync, descriptor); }

/* A close that fails has closed all the same. */
int close(int descriptor) {
  int kind = fault("close", isFileBelow(descriptor)), number = errno;
  int result = syscall(SYS_close, descriptor);
  if (kind == FAIL) { errno = number; return -1; }
  return result;
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
  return fault("rename", isBelow(old)) == FAIL ? -1 : syscall(SYS_renameat2, from, old, to, new, flags);
}
int renameat(int from, const char *old, int to, const char *new) {
  return fault("rename", isBelow(old)) == FAIL ? -1 : syscall(SYS_renameat2, from, old, to, new, 0);
}
int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }
int linkat(int from, const char *old, int to, const char *new, int flags) {
  return fault("link", isBelow(old)) == FAIL ? -1 : syscall(SYS_linkat, from, old, to, new, flags);
}
int unlinkat(int directory, const char *path, int flags) {
  return fault("unlink", isBelow(path)) == FAIL ? -1 : syscall(SYS_unlinkat, directory, path, flags);
}
int mkdirat(int directory, const char *path, mode_t mode) {
  return fault("mkdir", isBelow(path)) == FAIL ? -1 : syscall(SYS_mkdirat, directory, path, mode);
}
int fstatat(int directory, const char *path, struct stat *status, int flags) {
  return fault("stat", isBelow(path)) == FAIL ? -1 : syscall(SYS_newfstatat, directory, path, status, flags);
}
ssize_t getdents64(int descriptor, void *buffer, size_t count) {
  return fault("list", isFileBelow(descriptor)) == FAIL ? -1 : syscall(SYS_getdents64, descriptor, buffer, count);
}
