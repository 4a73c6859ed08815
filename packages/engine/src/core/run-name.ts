import { hash32 } from './chance.ts';

/** Runs of a task are called after it and the minute they are of; what a run makes has a suffix of chance besides. */
export const RUN_NAME = /^(.+)-(\d{8})(?:-([a-z0-9]{5}))?$/;

/** After whom a run, or what it made, is called. */
export const taskOf = (name: string): string | undefined => RUN_NAME.exec(name)?.[1];

const TURNS_MS = 800;

/** Controllers take what is due in one second one after the other: each task (`namespace/name`) has its own turn within it. */
export const turnMs = (task: string): number => hash32(task) % TURNS_MS;
