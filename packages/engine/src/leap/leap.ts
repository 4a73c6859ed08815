import type { Instant } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import type { Plain } from '../core/state.ts';
import type { Txn } from '../core/txn.ts';
import type { Engine } from '../settle.ts';
import { loopsWithin } from './loops.ts';
import { type Portrait, portraitOf } from './portrait.ts';
import { type Look, latestLook, lookKey, STRIDES_MS } from './rounds.ts';
import { later, type Voice } from './voice.ts';

/** Leaves out as many rounds as it may between what is due now and `at`; whether it left out any. */
export function leap(engine: Engine, txn: Txn, due: Instant, at: Instant): boolean {
  for (const strideMs of [...STRIDES_MS].reverse()) {
    if (at - due < strideMs) continue;
    const look = latestLook(txn, strideMs);
    if (look?.at === due && look.steady && leave(engine, txn, strideMs, look, at)) return true;
  }
  return false;
}

function leave(engine: Engine, txn: Txn, strideMs: number, look: Look, at: Instant): boolean {
  const { at: due } = look;
  const portrait = portraitOf(txn, loopsWithin(engine, txn, strideMs), { at: due, strideMs, since: look.revision - look.revisions });
  if (!portrait || portrait.likeness() !== look.likeness) return false;
  const longer = STRIDES_MS.filter((each) => each > strideMs).map((each) => (latestLook(txn, each)?.at ?? Number.POSITIVE_INFINITY) + each);
  const byLook = Math.floor((Math.min(at, ...longer) - due) / strideMs);
  // What is fixed has to be as far off after the last round that is left out as it was before the first.
  const byFixed = Math.ceil((portrait.names.nextFixed - due) / strideMs) - 2;
  const rounds = Math.min(byLook, byFixed);
  if (rounds < 1) return false;
  move(txn, portrait, look, { rounds, ms: rounds * strideMs });
  for (const each of STRIDES_MS.filter((other) => other <= strideMs)) moveLook(txn, each, rounds * strideMs, rounds * look.revisions);
  return true;
}

interface Distance {
  rounds: number;
  ms: number;
}

function move(txn: Txn, portrait: Portrait, look: Look, { rounds, ms }: Distance): void {
  const revisions = rounds * look.revisions;
  const voice = later(txn.seed, ms, revisions);
  moveTimers(txn, portrait, voice, ms);
  moveRuntime(txn, portrait, voice);
  moveObjects(txn, portrait, voice, look, { rounds, ms });
}

function moveTimers(txn: Txn, { moving, names, recent }: Portrait, voice: Voice, ms: number): void {
  for (const { controller, key } of moving) txn.setTimer(controller, key, undefined);
  for (const { controller, key, due } of moving) txn.setTimer(controller, names.say(key, voice, recent), due + ms);
}

function moveRuntime(txn: Txn, portrait: Portrait, voice: Voice): void {
  const { names, recent } = portrait;
  const moved = portrait.runtime.map(([key, text]) => ({
    key,
    text,
    newKey: names.say(key, voice, recent),
    newText: names.say(text, voice, portrait.freshOf(key)),
  }));
  const changed = moved.filter((each) => each.key !== each.newKey || each.text !== each.newText);
  for (const { key, newKey } of changed) if (key !== newKey) txn.setRuntime(key, undefined);
  for (const { newKey, newText } of changed) txn.setRuntime(newKey, JSON.parse(newText) as Plain);
}

function moveObjects(txn: Txn, portrait: Portrait, voice: Voice, look: Look, { rounds, ms }: Distance): void {
  const { names, passing, lasting, counted } = portrait;
  const written = [...passing, ...lasting, ...counted].map(({ key, stored, fresh }) => {
    const object = JSON.parse(names.say(stored.json, voice, fresh)) as KubeObject;
    return { key: names.say(key, voice, fresh), object, revision: Number(object.metadata.resourceVersion) };
  });
  written.slice(passing.length + lasting.length).forEach(({ object }, i) => {
    object.count = (object.count as number) + rounds * (look.growth[i] as number);
  });
  const kept = new Set(written.map(({ key }) => key));
  const removed = passing.map(({ key }) => key).filter((key) => !kept.has(key));
  // What is there already was left by rounds that are alike.
  const fresh = written.filter(({ revision }) => revision > txn.revision);
  txn.advance(look.at + ms);
  quietly(txn, () => txn.leap(look.revision + rounds * look.revisions, removed, fresh));
}

/** Nobody is woken: for everybody who looks, all is as it was, only later. */
function quietly(txn: Txn, work: () => void): void {
  const { onEvent } = txn;
  txn.onEvent = () => {};
  work();
  txn.onEvent = onEvent;
}

function moveLook(txn: Txn, strideMs: number, ms: number, revisions: number): void {
  const look = latestLook(txn, strideMs);
  if (!look) return;
  const counts = look.counts.map((count, i) => count + ((look.growth[i] ?? 0) * ms) / strideMs);
  txn.setRuntime(lookKey(strideMs), { ...look, at: look.at + ms, revision: look.revision + revisions, counts } satisfies Look);
}
