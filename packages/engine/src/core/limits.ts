/** Every limit of the engine, with its reason. What is refused is refused by name. */

/** Models staging/src/k8s.io/apiserver: MaxRequestSizeBytes. */
export const BODY_BYTES_MAX = 3 * 1024 * 1024;
/** etcd's default --max-request-bytes: what one stored object may weigh. */
export const OBJECT_BYTES_MAX = 1_572_864;
/** Nesting of a JSON or YAML body: deeper is an attack, not a manifest. */
export const DOCUMENT_DEPTH_MAX = 100;
/** Alias expansions of a YAML body ("billion laughs"). */
export const YAML_ALIASES_MAX = 100;
/** Reconciles of one step: at some 0.3 ms each about a quarter of a second, so that one cluster never holds the process. */
export const STEP_RECONCILES_MAX = 700;
/** Turns of one key at one instant: more of them are a quarrel between controllers, which goes on at the pace of a back-off. */
export const INSTANT_ROUNDS_MAX = 300;
/** Timers that one step may fire, for the same reason. */
export const STEP_TIMERS_MAX = 2000;
/** Objects of one snapshot chunk: about 150 KB compressed. */
export const SNAPSHOT_CHUNK_OBJECTS = 1000;
/** One key in so many begins a new chunk: most chunks end there, before they are full, and keep their borders when neighbours change. */
export const SNAPSHOT_BORDER_EVERY = 400;
/** Workers that a cluster may be asked to start with. */
export const NODES_MAX = 50;
/** The controller that ends Events, by name: whoever writes one sets its timer. */
export const EVENT_TTL_CONTROLLER = 'eventttl';
/** etcd lease of events in kube-apiserver (--event-ttl). */
export const EVENT_TTL_MS = 3_600_000;
/** Leases are shared by what is written within a minute. Models leaseManager in k8s.io/apiserver/pkg/storage/etcd3. */
export const EVENT_LEASE_SHARED_MS = 60_000;
/** First and longest delay after a reconcile that failed. Models workqueue.DefaultControllerRateLimiter. */
export const RETRY_BASE_MS = 5;
export const RETRY_MAX_MS = 1_000_000;
/** Pods that one sync of a ReplicaSet creates or deletes. Models pkg/controller/replicaset BurstReplicas. */
export const BURST_REPLICAS = 500;
/** Steps of one expression and of all rules about one object. Model PerCallLimit and RuntimeCELCostBudget of k8s.io/apiserver/pkg/apis/cel. */
export const CEL_EXPRESSION_STEPS_MAX = 1_000_000;
export const CEL_OBJECT_STEPS_MAX = 10_000_000;
