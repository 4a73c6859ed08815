import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const here = dirname(fileURLToPath(import.meta.url));

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The API process decides about compression, because it also streams watches.
  compress: true,
  turbopack: { root: join(here, '../..') },
  devIndicators: false,
};

export default config;
