/** Nothing: edge platforms load nothing at the first hash. `warm-up.node.ts` stands in its place in builds for Node.js, Bun and Deno. */
export function warmUpWhenIdle(): void {}
