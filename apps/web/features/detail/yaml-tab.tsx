'use client';
import { lazy } from 'react';

/** Printing YAML needs the yaml library, which the rest of the page does not. */
export default lazy(() => import('./yaml-panel.tsx'));
