import type { Manifest } from '../public-packages.ts'

/** Each line of what a published manifest must hold, and how to tell. */
const RULES: readonly (readonly [string, (manifest: Manifest) => boolean])[] = [
  [
    'repository: provenance names the repository a package was built in, and npm compares it',
    ({ repository }) => repository !== undefined,
  ],
  [
    'homepage: where npm sends a reader',
    ({ homepage }) => homepage !== undefined && URL.canParse(homepage),
  ],
]

/** What keeps packages from being published; empty when nothing does. */
export function releaseBlockers(manifests: readonly Manifest[]): string[] {
  return RULES.flatMap(([rule, holds]) => {
    const names = manifests.filter((manifest) => !holds(manifest)).map(({ name }) => name)
    return names.length === 0 ? [] : [`${rule}. Missing in ${names.join(', ')}.`]
  })
}
