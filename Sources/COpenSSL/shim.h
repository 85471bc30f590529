// OpenSSL 3, and as functions what it has as macros, which Swift doesn't see.
#pragma once
#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

static inline long copenssl_set_min_version(SSL_CTX *context, int version) {
  return SSL_CTX_set_min_proto_version(context, version);
}
static inline uint64_t copenssl_set_client_options(SSL_CTX *context) {
  return SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
}
static inline long copenssl_set_mode(SSL_CTX *context, long mode) { return SSL_CTX_set_mode(context, mode); }
static inline long copenssl_set_session_cache_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}
static inline long copenssl_set_server_name(SSL *connection, const char *name) {
  return SSL_set_tlsext_host_name(connection, name);
}
static inline long copenssl_extended_master_secret(SSL *connection) {
  return SSL_get_extms_support(connection);
}
static inline unsigned long copenssl_last_error(void) { return ERR_peek_last_error(); }
static inline int copenssl_error_reason(unsigned long code) { return ERR_GET_REASON(code); }
static inline int copenssl_error_library(unsigned long code) { return ERR_GET_LIB(code); }
static inline int copenssl_general_name_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline const GENERAL_NAME *copenssl_general_name(const GENERAL_NAMES *names, int index) {
  return sk_GENERAL_NAME_value(names, index);
}
static inline void copenssl_free_general_names(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }

// A socket for OpenSSL's records that never raises SIGPIPE: OpenSSL's own writes with write(2), and a program that talks
// to a network need not change what the process does on a signal.

static int copenssl_socket_of(BIO *bio) { return (int)(long)BIO_get_data(bio); }

static int copenssl_socket_write(BIO *bio, const char *bytes, int count) {
  ssize_t result;
  do result = send(copenssl_socket_of(bio), bytes, (size_t)count, MSG_NOSIGNAL);
  while (result < 0 && errno == EINTR);
  BIO_clear_retry_flags(bio);
  if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) BIO_set_retry_write(bio);
  return (int)result;
}

static int copenssl_socket_read(BIO *bio, char *bytes, int count) {
  ssize_t result;
  do result = recv(copenssl_socket_of(bio), bytes, (size_t)count, 0);
  while (result < 0 && errno == EINTR);
  BIO_clear_retry_flags(bio);
  if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) BIO_set_retry_read(bio);
  if (result == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  return (int)result;
}

static long copenssl_socket_control(BIO *bio, int command, long number, void *pointer) {
  (void)number, (void)pointer;
  switch (command) {
    case BIO_CTRL_FLUSH: return 1;
    case BIO_CTRL_EOF: return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    default: return 0;
  }
}

// The kind of BIO above; made once.
static inline BIO_METHOD *copenssl_make_socket_method(void) {
  BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
  if (method == NULL) return NULL;
  BIO_meth_set_write(method, copenssl_socket_write);
  BIO_meth_set_read(method, copenssl_socket_read);
  BIO_meth_set_ctrl(method, copenssl_socket_control);
  return method;
}

// A BIO over an open socket, which it doesn't close.
static inline BIO *copenssl_new_socket(const BIO_METHOD *method, int descriptor) {
  BIO *bio = BIO_new(method);
  if (bio == NULL) return NULL;
  BIO_set_data(bio, (void *)(long)descriptor);
  BIO_set_init(bio, 1);
  return bio;
}
