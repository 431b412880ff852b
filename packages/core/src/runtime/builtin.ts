import { attempt } from './attempt.ts'

interface Host {
  readonly process?: { readonly getBuiltinModule?: (id: string) => unknown }
}

/**
 * A module that Node.js, Bun and Deno have built in, read without an import so that this package also loads where there
 * is none. Undefined where the runtime has no such module, and where it throws when asked: the `process` of Next.js' Edge
 * runtime does (16.4.6, read 2026-11).
 */
export function builtin<Module extends object>(id: string): Partial<Module> | undefined {
  return attempt(() => (globalThis as Host).process?.getBuiltinModule?.(id)) as
    | Partial<Module>
    | undefined
}
