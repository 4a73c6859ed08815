const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 100m
            memory: 64Mi
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 80
`;

const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  LOG_LEVEL: info
`;

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: hello
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: hello
        image: busybox:1.36
        command: ["echo", "hello"]
`;

export interface Template {
  id: string;
  title: string;
  text: string;
}

export const templates: readonly Template[] = [
  { id: 'apps/v1/Deployment', title: 'Deployment', text: deployment },
  { id: 'web', title: 'Deployment + Service', text: `${deployment}---\n${service}` },
  { id: 'v1/Service', title: 'Service', text: service },
  { id: 'v1/ConfigMap', title: 'ConfigMap', text: configMap },
  { id: 'batch/v1/Job', title: 'Job', text: job },
  { id: 'v1/Namespace', title: 'Namespace', text: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-a\n' },
];

/** A start for any kind; `id` is `apiVersion/Kind`. */
export function templateFor(id: string): string {
  const known = templates.find((template) => template.id === id);
  if (known) return known.text;
  const cut = id.lastIndexOf('/');
  return `apiVersion: ${id.slice(0, cut)}\nkind: ${id.slice(cut + 1)}\nmetadata:\n  name: my-${id.slice(cut + 1).toLowerCase()}\n`;
}
