/* TLS engine over memory: cipher text in, plain out. Contexts are counted and replaced on reload.
 * TLS 1.2 and 1.3 only, no renegotiation (architecture, decision 9). */
#ifndef TLS_H
#define TLS_H

#include "base.h"
#include "err.h"

struct tls_context;
struct tls;

struct tls_options {
	const char *cert_file, *key_file; /* PEM; both or neither */
	struct slice cert_pem, key_pem;   /* the same from memory */
	const char *ca_file; /* client: roots to verify with; server: CA of client certificates */
	struct slice ca_pem;
	bool verify_client; /* server: ask for a client certificate; none is fine, a wrong one is
			       not */
	bool insecure;      /* client: kubeconfig's insecure-skip-tls-verify */
	const char *alpn;   /* comma list in order of preference: "h2,http/1.1"; NULL: none */
};

int tls_context_new_server(const struct tls_options *o, struct tls_context **ret,
			   struct error *err);
int tls_context_new_client(const struct tls_options *o, struct tls_context **ret,
			   struct error *err);
struct tls_context *tls_context_ref(struct tls_context *c);
void tls_context_unref(struct tls_context *c); /* NULL is fine */

/* `name`: client: SNI and the name (or IP address) to verify; NULL for a server. `alpn` overrides
 * the context's list for this connection, or NULL. */
struct tls *tls_new(struct tls_context *c, bool server, const char *name, const char *alpn);
void tls_free(struct tls *t);
/* Cipher in; returns 0, or ERR_TLS with a reason. */
int tls_feed(struct tls *t, const void *data, size_t len, struct error *err);
bool tls_ready(const struct tls *t); /* handshake finished */
/* Plain bytes out: count, 0 when none now, ERR_CLOSED after close_notify, ERR_TLS. */
ssize_t tls_read(struct tls *t, void *buf, size_t size, struct error *err);
/* Plain bytes in; all are taken (the caller bounds). 0 or ERR_TLS. */
int tls_write(struct tls *t, const void *data, size_t len);
void tls_shutdown(struct tls *t); /* puts close_notify into the output */
/* Next cipher bytes for the wire: how many were copied to buf. */
size_t tls_output(struct tls *t, void *buf, size_t size);
struct slice tls_alpn(const struct tls *t);
/* Verified client certificate: common name and organizations (Kubernetes facts B.1: user and
 * groups). ERR_NOT_FOUND when there is none. Strings belong to *t. */
int tls_peer_subject(struct tls *t, const char **ret_cn, const char *const **ret_orgs,
		     size_t *ret_count);

/* A CA of our own and a certificate under it (P-256, 1 year; the CA 10 years), written as PEM into
 * `dir` (ca.crt, ca.key, tls.crt, tls.key; 0600) unless a valid set for these names is there. */
int tls_make_files(const char *dir, const char *const *names, size_t count, struct error *err);

#endif
