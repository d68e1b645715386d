/* The WebSocket session decoder, in a binary and a base64 subprotocol. */
#define DECODER websocket_decoder
static const char *const protocols[] = {"", "base64.channel.k8s.io"};
#include "session_fuzz.h"
