'use client';
import { createContext, useContext } from 'react';
import type { ClusterInfo } from '#features/platform/api.ts';

export const ClusterInfoContext = createContext<ClusterInfo | undefined>(undefined);

export function useClusterInfo(): ClusterInfo | undefined {
  return useContext(ClusterInfoContext);
}
