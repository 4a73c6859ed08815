const schema = `
        type: object
        required: [spec]
        properties:
          spec:
            type: object
            properties:
              hostnames:
                type: array
                maxItems: 16
                items: { type: string, maxLength: 253, minLength: 1, pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$' }
              parentRefs:
                type: array
                maxItems: 32
                x-kubernetes-validations:
                - message: sectionName must be unique when parentRefs includes 2 or more references to the same parent
                  rule: 'self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.sectionName) || p1.sectionName == "") && (!has(p2.sectionName) || p2.sectionName == "")) || (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))'
                items:
                  type: object
                  required: [name]
                  properties:
                    group: { type: string, default: gateway.networking.k8s.io, maxLength: 253 }
                    kind: { type: string, default: Gateway, maxLength: 63 }
                    name: { type: string, maxLength: 253, minLength: 1 }
                    sectionName: { type: string, maxLength: 253, minLength: 1 }
                    port: { type: integer, format: int32, minimum: 1, maximum: 65535 }
              rules:
                type: array
                maxItems: 16
                default: [{ matches: [{ path: { type: PathPrefix, value: / } }] }]
                items:
                  type: object
                  x-kubernetes-validations:
                  - message: RequestRedirect filter must not be used together with backendRefs
                    rule: '(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true'
                  properties:
                    matches:
                      type: array
                      maxItems: 64
                      default: [{ path: { type: PathPrefix, value: / } }]
                      items:
                        type: object
                        properties:
                          path:
                            type: object
                            default: { type: PathPrefix, value: / }
                            x-kubernetes-validations:
                            - message: value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']
                              rule: '(self.type in [''Exact'',''PathPrefix'']) ? self.value.startsWith(''/'') : true'
                            - message: must only contain valid characters for types ['Exact', 'PathPrefix']
                              rule: '(self.type in [''Exact'',''PathPrefix'']) ? self.value.matches(r"""^(?:[-A-Za-z0-9/._~!$&''()*+,;=:@]|[%][0-9a-fA-F]{2})+$""") : true'
                            properties:
                              type: { type: string, default: PathPrefix, enum: [Exact, PathPrefix, RegularExpression] }
                              value: { type: string, default: /, maxLength: 1024 }
                          headers:
                            type: array
                            maxItems: 16
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [name]
                            items:
                              type: object
                              required: [name, value]
                              properties: { name: { type: string, maxLength: 256 }, value: { type: string, maxLength: 4096 } }
                    filters:
                      type: array
                      maxItems: 16
                      items:
                        type: object
                        required: [type]
                        x-kubernetes-validations:
                        - { message: 'filter.requestRedirect must be nil if the filter.type is not RequestRedirect', rule: "!(has(self.requestRedirect) && self.type != 'RequestRedirect')" }
                        properties:
                          type: { type: string, enum: [RequestRedirect, URLRewrite] }
                          requestRedirect:
                            type: object
                            properties: { statusCode: { type: integer, default: 302, enum: [301, 302] } }
                    backendRefs:
                      type: array
                      maxItems: 16
                      items:
                        type: object
                        required: [name]
                        x-kubernetes-validations:
                        - { message: Must have port for Service reference, rule: '(size(self.group) == 0 && self.kind == ''Service'') ? has(self.port) : true' }
                        properties:
                          group: { type: string, default: "", maxLength: 253 }
                          kind: { type: string, default: Service, maxLength: 63 }
                          name: { type: string }
                          port: { type: integer, format: int32 }
                          weight: { type: integer, default: 1, minimum: 0 }
                    timeouts:
                      type: object
                      x-kubernetes-validations:
                      - { message: backendRequest timeout cannot be longer than request timeout, rule: '!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration(''0s'') && duration(self.backendRequest) > duration(self.request))' }
                      properties: { request: { type: string }, backendRequest: { type: string } }
          status: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;

const version = (name: string, storage: boolean): string => `
  - name: ${name}
    served: true
    storage: ${storage}
    subresources: { status: {} }
    additionalPrinterColumns:
    - { jsonPath: .spec.hostnames, name: Hostnames, type: string }
    - { jsonPath: .metadata.creationTimestamp, name: Age, type: date }
    schema:
      openAPIV3Schema:${schema}`;

/** A shortened imitation of gateway-api's HTTPRoute, with its two versions. */
export const httpRoutes = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: httproutes.gateway.networking.k8s.io
  annotations: { api-approved.kubernetes.io: 'https://github.com/kubernetes-sigs/gateway-api/pull/3328' }
spec:
  group: gateway.networking.k8s.io
  names: { categories: [gateway-api], kind: HTTPRoute, listKind: HTTPRouteList, plural: httproutes, singular: httproute }
  scope: Namespaced
  versions:${version('v1', true)}${version('v1beta1', false)}`;
