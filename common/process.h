/* Signals, readiness notice to the service manager, and children that inherit sockets. For the
 * masters of proxy and recorder. */
#ifndef PROCESS_H
#define PROCESS_H

#include <uv.h>

#include "base.h"
#include "err.h"

struct child;
/* Once per child, from the loop. status: exit code, or -signal. */
typedef void (*child_exit_cb)(void *owner, struct child *child, int status);

struct child_fd {
	int fd;     /* ours */
	int number; /* what it is in the child, >= 3 */
};

/* Runs `argv[0]` = /proc/self/exe with argv. A pipe between both is descriptor 3 of the child: the
 * child reports "ready\n" on it, and learns of the master's death by its end. */
int child_start(uv_loop_t *loop, char *const *argv, const struct child_fd *fds, size_t count,
		child_exit_cb on_exit, void (*on_ready)(void *owner, struct child *), void *owner,
		struct child **ret, struct error *err) MUST_CHECK;
void child_signal(struct child *c, int signum);
int child_pid(const struct child *c);
void child_free(struct child *c); /* after on_exit */

/* In the child: tells the master; calls `on_master_gone` when the pipe ends. */
int process_report_ready(void);
int process_watch_master(uv_loop_t *loop, void (*on_master_gone)(void *owner), void *owner);
/* READY=1, RELOADING=1, STOPPING=1 to $NOTIFY_SOCKET; nothing when it is not set. */
void process_notify(const char *state);
void process_ignore_sigpipe(void);

#endif
