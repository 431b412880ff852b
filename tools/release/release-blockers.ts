import type { Manifest } from '../public-packages.ts'

/** A published package, and where it stands in the repository. */
export interface Released {
  /** From the repository's root: `packages/core`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** Where a release comes from: what the workflow and the files beside the manifests say. */
export interface Origin {
  /** `owner/name`, as GitHub gives it to a workflow in `GITHUB_REPOSITORY`; undefined elsewhere. */
  readonly repository?: string | undefined
  /** The text of `.github/CODEOWNERS`. */
  readonly codeowners: string
}

type Rule = readonly [rule: string, fault: (one: Released, origin: Origin) => string | undefined]

const REPOSITORY_URL = /^git\+https:\/\/github\.com\/([\w-]+\/[\w.-]+)\.git$/

/** What npm, a reader and the attestation take from a manifest, and what is wrong with it; undefined: nothing. */
const RULES: readonly Rule[] = [
  [
    'repository.url is git+https://github.com/<owner>/<name>.git: provenance names the repository a package was built in, and npm compares both',
    ({ manifest }, { repository }) => {
      const { url, type } = placeOf(manifest.repository)
      const [, name] = REPOSITORY_URL.exec(url ?? '') ?? []
      if (url === undefined) return 'missing'
      if (type !== 'git') return 'its type must be git'
      if (name === undefined) return `is ${url}`
      return repository === undefined || name === repository
        ? undefined
        : `is ${name}, and the workflow runs in ${repository}`
    },
  ],
  [
    "repository.directory is the package's folder: links of its README lead there",
    ({ folder, manifest }) => {
      const { directory } = placeOf(manifest.repository)
      if (directory === undefined) return 'missing'
      return directory === folder ? undefined : `is ${directory}, not ${folder}`
    },
  ],
  [
    'bugs.url is an https address of this repository: where npm sends a reader who found one',
    ({ manifest }) => {
      const { bugs } = manifest
      const url = typeof bugs === 'string' ? bugs : placeOf(bugs).url
      if (url === undefined) return 'missing'
      if (!isHttps(url)) return `is ${url}`
      const [, name] = REPOSITORY_URL.exec(placeOf(manifest.repository).url ?? '') ?? []
      const { pathname } = new URL(url)
      return name === undefined || pathname.startsWith(`/${name}/`)
        ? undefined
        : `is ${url}, not of ${name}`
    },
  ],
  [
    'homepage is an https address: where npm sends a reader',
    ({ manifest: { homepage } }) => {
      if (homepage === undefined) return 'missing'
      return isHttps(homepage) ? undefined : `is ${homepage}`
    },
  ],
]

/** A team that does not exist: GitHub would ask nobody for a review. */
const PLACEHOLDER = /@OWNER\b/

/** What keeps packages from being published, a line each; empty when nothing does. */
export function releaseBlockers(released: readonly Released[], origin: Origin): string[] {
  const ofManifests = RULES.flatMap(([rule, fault]) => {
    const faults = new Map<string, string[]>()
    for (const one of released) {
      const what = fault(one, origin)
      if (what !== undefined) faults.set(what, [...(faults.get(what) ?? []), one.manifest.name])
    }
    return [...faults].map(([what, names]) => `${rule}. In ${names.join(', ')}: ${what}.`)
  })
  return PLACEHOLDER.test(origin.codeowners)
    ? [...ofManifests, '.github/CODEOWNERS names @OWNER: write the team that reviews.']
    : ofManifests
}

interface Place {
  readonly type?: string
  readonly url?: string
  readonly directory?: string
}

/** The texts of an object such as `repository`; what else stands in it counts as missing. */
function placeOf(value: unknown): Place {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'))
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}
