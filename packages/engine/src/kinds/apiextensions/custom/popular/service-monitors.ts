/** A shortened imitation of prometheus-operator's ServiceMonitor. */
export const serviceMonitors = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: servicemonitors.monitoring.coreos.com }
spec:
  group: monitoring.coreos.com
  names: { categories: [prometheus-operator], kind: ServiceMonitor, listKind: ServiceMonitorList, plural: servicemonitors, shortNames: [smon], singular: servicemonitor }
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        required: [spec]
        properties:
          spec:
            type: object
            required: [endpoints, selector]
            properties:
              jobLabel: { type: string }
              sampleLimit: { type: integer, format: int64 }
              endpoints:
                type: array
                items:
                  type: object
                  properties:
                    port: { type: string }
                    targetPort:
                      anyOf: [{ type: integer }, { type: string }]
                      x-kubernetes-int-or-string: true
                    interval: { type: string, pattern: '^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$' }
                    scheme: { type: string, enum: [http, https] }
                    params: { type: object, additionalProperties: { type: array, items: { type: string } } }
                    relabelings:
                      type: array
                      minItems: 1
                      items:
                        type: object
                        properties:
                          action: { type: string, default: replace, enum: [replace, Replace, keep, drop] }
                          modulus: { type: integer, format: int64 }
              namespaceSelector:
                type: object
                properties: { any: { type: boolean }, matchNames: { type: array, items: { type: string } } }
              selector:
                type: object
                x-kubernetes-map-type: atomic
                properties:
                  matchLabels: { type: object, additionalProperties: { type: string } }
                  matchExpressions:
                    type: array
                    x-kubernetes-list-type: atomic
                    items:
                      type: object
                      required: [key, operator]
                      properties:
                        key: { type: string }
                        operator: { type: string }
                        values: { type: array, items: { type: string }, x-kubernetes-list-type: atomic }
`;
