import { describe, expect, it } from 'vitest';
import { world } from '../../../../testing/world.ts';

const range = (...limits: object[]) => ({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'lr', namespace: 'default' }, spec: { limits } });
const pod = (resources?: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'nginx', ...(resources ? { resources } : {}) }], ...more },
});
const limited = (...limits: object[]) => {
  const w = world({ workers: 0 });
  w.create(range(...limits));
  return w;
};
const refusal = (limits: object[], object: object): string => {
  const { code, body } = limited(...limits).request('POST', '/api/v1/namespaces/default/pods', object);
  return code === 201 ? '' : body.message.replace('pods "p" is forbidden: ', '');
};

describe('LimitRanger', () => {
  it('fills in what a container leaves open, and says so', () => {
    const made = limited({ type: 'Container', default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '100m' } }).create(
      pod({ requests: { memory: '64Mi' } }),
    );
    expect(made.spec.containers[0].resources).toEqual({ limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '64Mi' } });
    expect(made.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger': 'LimitRanger plugin set: cpu request for container c; cpu, memory limit for container c',
    });
  });

  it.each([
    [{ min: { cpu: '100m' } }, { requests: { cpu: '50m' } }, 'minimum cpu usage per Container is 100m, but request is 50m'],
    [
      { max: { memory: '1Gi' } },
      { limits: { memory: '2Gi' }, requests: { memory: '1Mi' } },
      'maximum memory usage per Container is 1Gi, but limit is 2Gi',
    ],
    [
      { max: { cpu: '1' }, min: { cpu: '100m' } },
      { requests: { cpu: '2' }, limits: { cpu: '2' } },
      'maximum cpu usage per Container is 1, but limit is 2',
    ],
    [
      { maxLimitRequestRatio: { cpu: '2' } },
      { requests: { cpu: '100m' }, limits: { cpu: '300m' } },
      'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000',
    ],
    [
      { maxLimitRequestRatio: { cpu: '2' } },
      undefined,
      'cpu max limit to request ratio per Container is 2, but no request is specified or request is 0',
    ],
    [{ max: { cpu: '1' } }, { requests: { cpu: '1' }, limits: { cpu: '1' } }, ''],
  ])('Container %j, %j: %s', (bounds, resources, message) => {
    expect(refusal([{ type: 'Container', ...bounds }], pod(resources))).toBe(message);
  });

  it.each([
    [{ max: { cpu: '1' } }, pod(), 'maximum cpu usage per Pod is 1.  No limit is specified'],
    [{ min: { memory: '1Gi' } }, pod(), 'minimum memory usage per Pod is 1Gi.  No request is specified'],
    [
      { max: { cpu: '1' } },
      pod(
        { limits: { cpu: '600m' } },
        { initContainers: [{ name: 'side', image: 'nginx', restartPolicy: 'Always', resources: { limits: { cpu: '600m' } } }] },
      ),
      'maximum cpu usage per Pod is 1, but limit is 1200m',
    ],
  ])('Pod %j', (bounds, object, message) => {
    expect(refusal([{ type: 'Pod', ...bounds }], object)).toContain(message);
  });

  it('lists several problems in brackets', () => {
    const bounds = [{ type: 'Container', min: { cpu: '100m' }, max: { memory: '1Gi' } }];
    expect(refusal(bounds, pod({ requests: { cpu: '50m' }, limits: { cpu: '1', memory: '2Gi' } }))).toBe(
      '[minimum cpu usage per Container is 100m, but request is 50m, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
    );
  });

  it('bounds what claims ask for', () => {
    const w = limited({ type: 'PersistentVolumeClaim', max: { storage: '1Gi' }, min: { storage: '10Mi' } });
    const claim = { metadata: { name: 'c' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } } };
    const { body } = w.request('POST', '/api/v1/namespaces/default/persistentvolumeclaims', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      ...claim,
    });
    expect(body.message).toBe('persistentvolumeclaims "c" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi');
  });
});
