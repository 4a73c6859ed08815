import { Overview } from '#features/overview/overview.tsx';

export default function Page() {
  return <Overview />;
}
