/*
 * The calls of SQLite besides those of faults.c; a write of a database counts as a write, and so on.
 */
#include "faults.c"

ssize_t pwrite64(int descriptor, const void *buffer, size_t count, off64_t offset) {
  int kind = fault("write", isFileBelow(descriptor));
  if (kind == FAIL) return -1;
  return syscall(SYS_pwrite64, descriptor, buffer, kind == SHORT && count ? 1 : count, offset);
}
ssize_t pwrite(int descriptor, const void *buffer, size_t count, off_t offset) {
  return pwrite64(descriptor, buffer, count, offset);
}

ssize_t pread64(int descriptor, void *buffer, size_t count, off64_t offset) {
  if (fault("read", isFileBelow(descriptor)) == FAIL) return -1;
  return syscall(SYS_pread64, descriptor, buffer, count, offset);
}
ssize_t pread(int descriptor, void *buffer, size_t count, off_t offset) {
  return pread64(descriptor, buffer, count, offset);
}

int fdatasync(int descriptor) {
  return fault("fsync", isFileBelow(descriptor)) == FAIL ? -1 : syscall(SYS_fdatasync, descriptor);
}
int ftruncate64(int descriptor, off64_t size) {
  return fault("write", isFileBelow(descriptor)) == FAIL ? -1 : syscall(SYS_ftruncate, descriptor, size);
}
int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
