import { errorFrom } from '#kube/error.ts';

export interface ClusterInfo {
  id: string;
  name: string;
  server?: string;
  createdAt?: string;
  expiresAt?: string;
}

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, { cache: 'no-store', ...init });
  if (!response.ok) throw await errorFrom(response);
  return (await response.json()) as T;
}

/** The same request as `curl -X POST /api/sandboxes`; the answer sets the cookie that opens the cluster to this browser. */
export async function startSandbox(): Promise<ClusterInfo> {
  const { cluster } = await call<{ cluster: ClusterInfo }>('/api/sandboxes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  return cluster;
}

export async function listClusters(): Promise<ClusterInfo[]> {
  return (await call<{ items: ClusterInfo[] }>('/api/clusters')).items;
}

/** `undefined` when this browser holds no cookie for the cluster. Asked of the list, so that "no" is an answer and not an error. */
export async function getCluster(id: string): Promise<ClusterInfo | undefined> {
  return (await listClusters()).find((cluster) => cluster.id === id);
}

export async function deleteCluster(id: string): Promise<void> {
  const response = await fetch(`/api/clusters/${encodeURIComponent(id)}`, { method: 'DELETE' });
  if (!response.ok) throw await errorFrom(response);
}

/** The name the server gives the download. */
export function kubeconfigFile(name: string): string {
  return `vivakube-${name}.yaml`;
}

export function kubeconfigUrl(id: string): string {
  return `/api/clusters/${encodeURIComponent(id)}/kubeconfig`;
}
