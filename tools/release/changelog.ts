// What changesets writes into each CHANGELOG.md, named in .changeset/config.json.
import { readManifest } from '../public-packages.ts'

interface Changeset {
  readonly summary: string
  readonly commit?: string | undefined
}

interface Update {
  readonly name: string
  readonly oldVersion: string
  readonly newVersion: string
}

/** A changeset's text, which was written for users, with a link to its commit once the repository is known. */
export function getReleaseLine({ summary, commit }: Changeset, _type?: string): string {
  const [first = '', ...rest] = summary.trim().split('\n')
  const body = rest.map((line) => (line === '' ? '' : `  ${line}`))
  return [`- ${first}${linkOf(commit)}`, ...body].join('\n')
}

/** Of a package whose own packages moved: what came with them, and that all are updated together. */
export function getDependencyReleaseLine(
  changesets: readonly Changeset[],
  updates: readonly Update[],
): string {
  // The first version of each package comes with all it needs.
  const moved = updates.filter(({ oldVersion }) => oldVersion !== '0.0.0')
  if (moved.length === 0) return ''
  const needed = moved.map(({ name, newVersion }) => `\`${name}@${newVersion}\``)
  const brought = changesets.map(({ summary }) => `  - ${summary.trim().split('\n')[0]}`)
  return [
    `- Needs ${needed.join(' and ')}: update all \`@capi\` packages of an application together. With ${needed.length > 1 ? 'them' : 'it'} came:`,
    ...brought,
  ].join('\n')
}

function linkOf(commit: string | undefined): string {
  const { repository } = readManifest('packages/core')
  const { url = '' } = (repository ?? {}) as { readonly url?: string }
  const [, address] = /^git\+(https:\/\/github\.com\/.+)\.git$/.exec(url) ?? []
  return commit === undefined || address === undefined
    ? ''
    : ` ([${commit.slice(0, 7)}](${address}/commit/${commit}))`
}
