import type { AdmissionPlugin } from '../machine.ts';
import { isWriteOf } from './subject.ts';

/** Whoever asks for a certificate is written down by the server. Upstream does so in the strategy: pkg/registry/certificates/certificates/strategy.go. */
export const certificateRequester: AdmissionPlugin = {
  name: 'CertificateRequester',
  admit: (attributes) => {
    const { object, user } = attributes;
    if (!isWriteOf(attributes, 'certificates.k8s.io', 'certificatesigningrequests', 'CREATE') || !object?.spec) return;
    const { username: _username, uid: _uid, groups: _groups, extra: _extra, ...asked } = object.spec;
    const { username, uid, groups, extra } = user;
    object.spec = { ...asked, username, ...(uid ? { uid } : {}), groups: [...groups], ...(extra ? { extra: { ...extra } } : {}) };
  },
};
