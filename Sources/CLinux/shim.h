// Functions of the C library that Swift's Glibc module leaves out, because their headers show them to GNU sources only.
#pragma once
#include <sys/types.h>

ssize_t getdents64(int descriptor, void *buffer, size_t length);
int pipe2(int ends[2], int flags);
int renameat2(int oldDirectory, const char *old, int newDirectory, const char *new_, unsigned int flags);
int syncfs(int descriptor);
int sync_file_range(int descriptor, off_t offset, off_t count, unsigned int flags);
int pidfd_open(pid_t process, unsigned int flags);

enum { CLINUX_RENAME_NOREPLACE = 1, CLINUX_SYNC_FILE_RANGE_WRITE = 2 };
