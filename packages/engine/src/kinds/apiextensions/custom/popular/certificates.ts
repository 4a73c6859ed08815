/** A shortened imitation of cert-manager's Certificate. */
export const certificates = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: certificates.cert-manager.io
  labels: { app: cert-manager }
spec:
  group: cert-manager.io
  names: { kind: Certificate, listKind: CertificateList, plural: certificates, shortNames: [cert, certs], singular: certificate, categories: [cert-manager] }
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    subresources: { status: {} }
    additionalPrinterColumns:
    - { jsonPath: '.status.conditions[?(@.type == "Ready")].status', name: Ready, type: string }
    - { jsonPath: .spec.secretName, name: Secret, type: string }
    - { jsonPath: .spec.issuerRef.name, name: Issuer, type: string, priority: 1 }
    - { jsonPath: .metadata.creationTimestamp, name: Age, type: date, description: since when }
    schema:
      openAPIV3Schema:
        description: A Certificate resource should be created to ensure an up to date and signed X.509 certificate is stored.
        type: object
        properties:
          apiVersion: { type: string }
          kind: { type: string }
          metadata: { type: object }
          spec:
            type: object
            required: [issuerRef, secretName]
            properties:
              secretName: { type: string }
              commonName: { type: string, maxLength: 64 }
              dnsNames: { type: array, items: { type: string }, x-kubernetes-list-type: atomic }
              duration: { type: string }
              isCA: { type: boolean }
              revisionHistoryLimit: { type: integer, format: int32, minimum: 1 }
              usages:
                type: array
                x-kubernetes-list-type: atomic
                items: { type: string, enum: [signing, digital signature, server auth, client auth] }
              privateKey:
                type: object
                properties:
                  algorithm: { type: string, enum: [RSA, ECDSA, Ed25519] }
                  size: { type: integer }
                  rotationPolicy: { type: string, enum: [Never, Always], default: Always }
              issuerRef:
                type: object
                required: [name]
                properties:
                  name: { type: string }
                  kind: { type: string, default: Issuer }
                  group: { type: string, default: cert-manager.io }
              secretTemplate:
                type: object
                properties:
                  annotations: { type: object, additionalProperties: { type: string } }
                  labels: { type: object, additionalProperties: { type: string } }
          status:
            type: object
            properties:
              conditions:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [type]
                items:
                  type: object
                  required: [status, type]
                  properties:
                    type: { type: string }
                    status: { type: string, enum: ["True", "False", Unknown] }
                    reason: { type: string }
                    lastTransitionTime: { type: string, format: date-time }
              notAfter: { type: string, format: date-time }
`;
