/* Counters, gauges and histograms in memory that the processes of one program share, and their
 * Prometheus text. Each process writes its own row, so nothing is locked; the text sums the rows.
 */
#ifndef METRICS_H
#define METRICS_H

#include "base.h"
#include "str.h"

enum metric_type { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };
/* A program declares one static table, indexed by an enum of its own. Entries of one family stand
 * together and repeat name and help; `labels` is "" or `code="200"`. Histograms (seconds) use the
 * buckets 1 ms … 60 s of metrics.c. */
struct metric {
	enum metric_type type;
	const char *name, *labels, *help;
};

#define METRICS_MAX_ROWS 130
/* Makes the shared memory (a memfd) for the table; returns the descriptor, to be inherited. */
int metrics_create(const struct metric *table, size_t count) MUST_CHECK;
/* Maps it and takes row `row`; its gauges are set to 0. */
int metrics_attach(int fd, const struct metric *table, size_t count, unsigned row) MUST_CHECK;
/* One process only, no descriptor (tests, command line). */
void metrics_local(const struct metric *table, size_t count);
void metric_add(unsigned index, int64_t delta); /* counters and gauges */
void metric_set(unsigned index, int64_t value);
void metric_observe_ns(unsigned index, uint64_t ns);
uint64_t metric_sum(unsigned index); /* over all rows; of a histogram: its count */
/* text/plain; version=0.0.4 (Kubernetes facts F.4: rules). */
void metrics_render(struct strbuf *out);

#endif
