import { type Der, der, derOid, derText, TAG } from './der.ts';

const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
/** In this attribute a certificate names the uid of its holder. Models k8s.io/apiserver/pkg/authentication/request/x509. */
const USER_UID = '1.3.6.1.4.1.57683.2';

/** The parts of a distinguished name that say who somebody is. */
export interface Subject {
  raw: Uint8Array;
  commonName: string;
  organizations: string[];
  uids: string[];
  isEmpty: boolean;
}

export function readSubject(name: Der): Subject {
  const subject: Subject = { raw: name.raw, commonName: '', organizations: [], uids: [], isEmpty: true };
  for (const set of name.is(TAG.sequence).children()) {
    for (const attribute of set.is(TAG.set).children()) {
      const [oid, value] = attribute.is(TAG.sequence).children() as [Der, Der];
      subject.isEmpty = false;
      switch (oid.oid()) {
        case COMMON_NAME:
          subject.commonName = value.text();
          break;
        case ORGANIZATION:
          subject.organizations.push(value.text());
          break;
        case USER_UID:
          subject.uids.push(value.text());
          break;
      }
    }
  }
  return subject;
}

export const writeCommonName = (commonName: string): Uint8Array =>
  der(TAG.sequence, der(TAG.set, der(TAG.sequence, derOid(COMMON_NAME), derText(commonName))));
