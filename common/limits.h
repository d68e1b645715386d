/* Every maximum and time-out, with its reason. Sizes are bytes, times milliseconds. */
#ifndef LIMITS_H
#define LIMITS_H

/* A request head: kubectl's longest are list options of a few KiB; the API server takes 1 MiB. */
#define LIMIT_HEAD_BYTES (64 * 1024)
#define LIMIT_HEAD_FIELDS 128
/* What one exchange may remember: its head, the decision, the query, the Status of a refusal. */
#define LIMIT_EXCHANGE_ARENA (256 * 1024)
/* Informers open one watch a kind: 250 leaves room for two of them on one connection. */
#define LIMIT_STREAMS_PER_CLIENT 250
/* The API server allows 100 (Kubernetes facts D.1). */
#define LIMIT_STREAMS_PER_UPSTREAM 100
/* Marks of a pump: one bandwidth-delay product at 10 Gbit/s over 0.2 ms, or 12 Mbit/s over 170 ms.
 */
#define LIMIT_PUMP_HIGH (256 * 1024)
#define LIMIT_PUMP_LOW (64 * 1024)
/* Cipher or plain bytes waiting in a channel before its writer is told to stop. */
#define LIMIT_CHANNEL_WRITE (256 * 1024)
/* A PROXY or connection that says nothing holds memory and a descriptor. */
#define TIMEOUT_TLS_HANDSHAKE 10000
#define TIMEOUT_REQUEST_HEAD 10000
#define TIMEOUT_IDLE_CONNECTION (5 * 60 * 1000)
#define TIMEOUT_IDENTITY_LOOKUP 2000
#define TIMEOUT_UPSTREAM_CONNECT 5000
/* Chunk-size lines and trailers are ours to bound: nobody sends extensions here. */
#define LIMIT_CHUNK_LINE 256

#endif
