import { show } from '@vivakube/db/bench';
import { benchCatchUp } from './catch-up.ts';
import { benchCluster } from './cluster.ts';
import { benchProduct } from './product.ts';
import { benchRollout } from './rollout.ts';

const what = process.argv[2];
if (!what || what === 'cluster') console.log(show(benchCluster(Number(process.env.PODS ?? 10_000))));
if (!what || what === 'catch-up') console.log(show(benchCatchUp()));
if (!what || what === 'rollout') console.log(show(await benchRollout()));
if (!what || what === 'product') {
  const { kubectl } = (await import('../../../e2e/tools.mjs')) as { kubectl: (version: string) => string };
  console.log(show(await benchProduct(kubectl('1.35'))));
}
