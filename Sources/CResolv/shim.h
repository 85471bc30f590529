// The resolver of the C library, in a form that needs no knowledge of its state.
#pragma once
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

// Asks for the records of `type` at `name`; `server` (an IPv4 address, or NULL for those of resolv.conf) and `port` say
// whom. Returns the length of the answer, or -1 with *reason set to a value of h_errno.
static inline int cresolv_query(
    const char *name, int type, const char *server, int port, unsigned char *answer, int size, int *reason) {
  struct __res_state state;
  memset(&state, 0, sizeof state);
  if (res_ninit(&state) != 0) {
    *reason = TRY_AGAIN;
    return -1;
  }
  state.retrans = 3;
  state.retry = 2;
  if (server) {
    memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
    state.nsaddr_list[0].sin_family = AF_INET;
    state.nsaddr_list[0].sin_port = htons((unsigned short)port);
    if (inet_pton(AF_INET, server, &state.nsaddr_list[0].sin_addr) != 1) {
      res_nclose(&state);
      *reason = NO_RECOVERY;
      return -1;
    }
    state.nscount = 1;
  }
  int length = res_nquery(&state, name, ns_c_in, type, answer, size);
  *reason = state.res_h_errno;
  res_nclose(&state);
  return length;
}
