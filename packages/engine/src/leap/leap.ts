import type { Instant } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import type { Plain } from '../core/state.ts';
import type { Txn } from '../core/txn.ts';
import type { Engine } from '../settle.ts';
import { loopsWithin } from './loops.ts';
import { type Portrait, portraitOf } from './portrait.ts';
import { keepLook, type Look, latestLook, noteRounds, STRIDES_MS } from './rounds.ts';
import { later, type Voice } from './voice.ts';

/** Leaves out as many rounds as it may between what is due now and `at`; how many objects that took, 0 where none could be left out. */
export function leap(engine: Engine, txn: Txn, due: Instant, at: Instant): number {
  const portraits = noteRounds(engine, txn, due);
  for (const strideMs of [...STRIDES_MS].reverse()) {
    if (at - due < strideMs) continue;
    const look = latestLook(txn, strideMs);
    if (!look || 'skipped' in look || look.at !== due || !look.steady) continue;
    const portrait = portraits.get(strideMs) ?? portraitAgain(engine, txn, strideMs, look);
    const rounds = portrait ? roundsToLeave(txn, portrait, strideMs, due, at) : 0;
    if (!portrait || rounds < 1) continue;
    move(txn, portrait, look, { rounds, ms: rounds * strideMs });
    for (const each of STRIDES_MS) moveLook(txn, each, look, { rounds, ms: rounds * strideMs }, strideMs);
    return portrait.size;
  }
  return 0;
}

/** For a step that begins where the one before it has looked already. */
function portraitAgain(engine: Engine, txn: Txn, strideMs: number, look: Look): Portrait | undefined {
  const portrait = portraitOf(txn, loopsWithin(engine, txn, strideMs), { at: look.at, strideMs, since: look.revision - look.revisions });
  return portrait?.likeness() === look.likeness ? portrait : undefined;
}

function roundsToLeave(txn: Txn, portrait: Portrait, strideMs: number, due: Instant, at: Instant): number {
  const longer = STRIDES_MS.filter((each) => each > strideMs).flatMap((each) => {
    const look = latestLook(txn, each);
    return look && !('skipped' in look) ? [look.at + each] : [];
  });
  const byLook = Math.floor((Math.min(at, ...longer) - due) / strideMs);
  // What is fixed has to be as far off after the last round that is left out as it was before the first.
  const byFixed = Math.ceil((portrait.nextFixed - due) / strideMs) - 2;
  return Math.min(byLook, byFixed);
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

function moveTimers(txn: Txn, portrait: Portrait, voice: Voice, ms: number): void {
  const { moving, names } = portrait;
  for (const { controller, key } of moving) txn.setTimer(controller, key, undefined);
  for (const timer of moving) txn.setTimer(timer.controller, names.say(timer.key, voice, portrait.freshOfTimer(timer)), timer.due + ms);
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

/** Shorter strides have come round a whole number of times; where nobody looks, that is found again at each end of the stride. */
function moveLook(txn: Txn, strideMs: number, latest: Look, { rounds, ms }: Distance, leptMs: number): void {
  const look = latestLook(txn, strideMs);
  if (!look) return;
  if ('skipped' in look) {
    const found = latest.at + ms - look.at;
    keepLook(txn, strideMs, { ...look, at: look.at + found - (found % strideMs) });
  } else if (strideMs <= leptMs) {
    const counts = look.counts.map((count, i) => count + ((look.growth[i] ?? 0) * ms) / strideMs);
    keepLook(txn, strideMs, { ...look, at: look.at + ms, revision: look.revision + rounds * latest.revisions, counts });
  }
}
