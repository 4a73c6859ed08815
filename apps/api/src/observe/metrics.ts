import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` shows. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'vivakube_kube_request_duration_seconds',
    help: 'Time from request to answer of the Kubernetes API, commit included.',
    labelNames: ['method', 'code'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });
  private readonly sandboxes = new Counter({ name: 'vivakube_sandboxes_created_total', help: 'Sandboxes made.', registers: [this.registry] });

  constructor(gauges: { watches: () => number; sessions: () => number }) {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('vivakube_open_watches', 'Open watches.', gauges.watches);
    this.gauge('vivakube_warm_clusters', 'Clusters in memory.', gauges.sessions);
  }

  private gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  observeRequest(method: string, code: number, seconds: number): void {
    this.requests.observe({ method, code }, seconds);
  }

  sandboxCreated(): void {
    this.sandboxes.inc();
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}
