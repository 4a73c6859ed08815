import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import type { NodeObject, PodObject } from '../kinds/shared/pod.ts';
import type { Api } from '../machinery/controller.ts';
import type { NodeInfo, SchedulerCache } from './cache.ts';
import type { PodInfo } from './pod-info.ts';
import type { Profile } from './profiles/profile.ts';

/** What happened in the cluster that may let a rejected pod fit after all. Models the events of pkg/scheduler/framework/events.go. */
export type Change =
  | 'node-added'
  | 'node-removed'
  | 'node-allocatable'
  | 'node-labels'
  | 'node-taints'
  | 'pod-added'
  | 'pod-removed'
  | 'pod-labels'
  | 'claim'
  | 'volume'
  | 'storage-class'
  | 'storage-capacity'
  | 'csi-node'
  | 'device-claim'
  | 'devices-released'
  | 'device-class'
  | 'resource-slice';

/** Why a node (or, from a PreFilter, every node) does not take the pod. */
export interface Rejection {
  plugin: string;
  /** Unresolvable: removing pods from the node would not help. Error: something is wrong with the pod, so that no node needs to be asked. */
  code: 'Unschedulable' | 'UnschedulableAndUnresolvable' | 'Error';
  reasons: readonly string[];
}

/** Asks one node; undefined where the pod fits. */
export type NodeFilter = (node: NodeInfo) => Rejection | undefined;

/** Said by a plugin that can tell without looking at nodes. */
export interface PodRejection {
  rejection: Rejection;
}

/** One attempt to place one pod. */
export interface Cycle {
  pod: PodInfo;
  cache: SchedulerCache;
  view: View;
  profile: Profile;
}

/** A change after which a plugin has nothing against a node any more. */
export interface Remedy {
  /** What to do, as an order. */
  text: string;
  /** How large a change it is: 1 for one setting, less for a part of an amount. */
  cost: number;
  pod?: (pod: PodObject) => PodObject;
  node?: (node: NodeObject) => NodeObject;
  /** Pods of the cluster that would have to go. */
  without?: (pod: PodInfo) => boolean;
}

/** Whole points for each of the candidates, in their order; from 0 to NODE_SCORE_MAX once they are normalised. */
export type Scores = Float64Array;

/** Points of one node. */
export type NodeRate = (node: NodeInfo) => number;

/** The nodes that fit, by where they are found in columns, in the order in which they were asked. */
export interface Candidates {
  readonly count: number;
  /** As many as `count`; what follows means nothing. */
  readonly slots: Int32Array;
}

export const NODE_SCORE_MAX = 100;

/**
 * One consideration in placing pods. PreFilter and Filter are one step here: `filter` looks at the pod and returns what is to be
 * asked of each node, or undefined where the plugin has nothing to say about such a pod (upstream's Skip).
 */
export interface Plugin {
  name: string;
  /** The only nodes that are worth asking, by name; undefined where all are. Models PreFilterResult. */
  narrow?: (cycle: Cycle) => ReadonlySet<string> | PodRejection | undefined;
  filter?: (cycle: Cycle) => NodeFilter | PodRejection | undefined;
  /**
   * What of a pod `filter` and `rate` look at, besides the node and nothing else: pods with equal texts get equal answers from a node
   * until it changes. Absent where other nodes or other objects count as well. Models SignPlugin.
   */
  sign?: (pod: PodInfo, view: View) => string;
  /** Points by nothing but the node; undefined where all nodes are the same to it. */
  rate?: (cycle: Cycle) => NodeRate | undefined;
  /** What the points come to among the candidates, in place. Models NormalizeScore. */
  normalise?: (scores: Scores, count: number) => void;
  /** Writes points that depend on more than each node; false where all nodes are the same to it. */
  score?: (cycle: Cycle, candidates: Candidates, scores: Scores) => boolean;
  /** Why a pod is not even tried, if so. Models PreEnqueue. */
  holdsBack?: (pod: PodObject, view: View) => string | undefined;
  /** Takes what the pod needs besides the node. Models Reserve, and PreBind where nothing has to be waited for. */
  reserve?: (cycle: Cycle, node: NodeInfo, api: Api) => void;
  /** What has to be written, and to take effect, before the pod is bound to the node; undefined where nothing has. */
  preBind?: (cycle: Cycle, node: NodeInfo) => readonly KubeObject[] | undefined;
  /** Default weights of pkg/scheduler/apis/config/v1/default_plugins.go. */
  weight?: number;
  /** The smallest change that it knows of for a node that it rejected. */
  remedy?: (cycle: Cycle, node: NodeInfo, rejection: Rejection) => Remedy | undefined;
  /** Changes after which a pod that it rejected is worth another attempt. Models EventsToRegister. */
  helpedBy?: readonly Change[];
}

/** What a PostFilter comes to. */
export interface PostFilterResult {
  /** Its sentence for the pod's event. */
  message: string;
  /** Where there will be room once the victims are gone; '' where there will be none, so that an earlier promise is void. */
  nominatedNode?: string;
  victims?: readonly PodInfo[];
  /** Objects whose status makes room without any victims. */
  updates?: readonly KubeObject[];
}

/** What is tried when no node fits. Models PostFilter plugins. */
export interface PostFilter {
  name: string;
  run: (cycle: Cycle, rejections: ReadonlyMap<string, Rejection>) => PostFilterResult;
}

export const reject = (plugin: string, code: Rejection['code'], ...reasons: string[]): Rejection => ({ plugin, code, reasons });
