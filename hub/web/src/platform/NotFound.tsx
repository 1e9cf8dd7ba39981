import { Link } from 'wouter';
import { Shell } from './Shell';

export function NotFound() {
  return (
    <Shell title="Page not found" crumbs={[]}>
      <h1>There is no such page</h1>
      <p className="lead">
        The address may be mistyped, or what it showed is gone. <Link href="/">Go to your projects</Link>.
      </p>
    </Shell>
  );
}
