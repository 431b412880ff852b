/* Holds up fsync and fdatasync of files whose path contains HANG_FILE for as long as HANG_FLAG exists. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void hold(int fd) {
  const char *flag = getenv("HANG_FLAG"), *file = getenv("HANG_FILE");
  char link[64], name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (flag == NULL || file == NULL || length < 0) return;
  name[length] = 0;
  while (strstr(name, file) != NULL && access(flag, F_OK) == 0) usleep(5000);
}

int fsync(int fd) {
  hold(fd);
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
  hold(fd);
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
