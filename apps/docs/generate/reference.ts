import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import { publicPackages } from './packages.ts'
import type { Page } from './page.ts'
import { REPOSITORY } from './places.ts'

const FORMAT: Partial<PluginOptions> = {
  outputFileStrategy: 'modules',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  tableColumnSettings: { hideInherited: true, hideOverrides: true, hideSources: true },
}

/** Where an entry stands in what TypeDoc writes: packages/core/src/index.ts is core/src.md. */
function fileOf(source: string): string {
  const path = relative(join(REPOSITORY, 'packages'), source).replaceAll('\\', '/')
  return path.replace(/(?:\/index)?\.ts$/, '.md')
}

/** `@capi/core/phone` is at reference/core-phone. */
export function referenceSlug(specifier: string): string {
  return `reference/${specifier.replace('@capi/', '').replaceAll('/', '-')}`
}

/** One page for each thing that can be imported, made from its doc comments. */
export async function referencePages(): Promise<Page[]> {
  const entries = publicPackages().flatMap((one) => one.entries)
  const slugs = new Map(
    entries.map(({ specifier, source }) => [fileOf(source), referenceSlug(specifier)]),
  )
  const out = mkdtempSync(join(tmpdir(), 'capi-reference-'))
  try {
    await runTypeDoc(
      entries.map(({ source }) => source),
      out,
    )
    return entries.map(({ specifier, source }) => {
      const file = fileOf(source)
      return {
        slug: referenceSlug(specifier),
        title: `API of ${specifier}`,
        description: `Everything that ${specifier} exports, from the comments in its source.`,
        settings: `sidebar:\n  label: '${specifier}'`,
        body: tidy(readFileSync(join(out, file), 'utf8'), file, slugs),
      }
    })
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

async function runTypeDoc(entryPoints: string[], out: string): Promise<void> {
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints,
    tsconfig: fileURLToPath(new URL('../tsconfig.reference.json', import.meta.url)),
    out,
    readme: 'none',
    logLevel: 'Warn',
    groupOrder: ['Functions', 'Classes', 'Interfaces', 'Type Aliases', 'Variables'],
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    // Every package checks itself; here types are only read.
    skipErrorChecking: true,
    disableSources: true,
    hideGenerator: true,
    githubPages: false,
    ...FORMAT,
  })
  const project = await app.convert()
  if (!project) throw new Error('TypeDoc could not read the sources')
  await app.generateOutputs(project)
}

/** Without the title, which Starlight writes, and without where a member comes from; links lead to pages. */
function tidy(markdown: string, file: string, slugs: ReadonlyMap<string, string>): string {
  return (
    markdown
      .replace(/^# .*\n/, '')
      .replaceAll(/^#+ (?:Inherited from|Overrides|Implementation of)\n\n.*\n/gm, '')
      .replaceAll(/^\*\*\*\n/gm, '')
      // What is taken apart in the parameter list has no name; here they are all options.
      .replaceAll(/(?:\\?_){2}namedParameters/g, 'options')
      .replaceAll(/\]\(([^)#]+\.md)/g, (_link, path: string) => {
        const slug = slugs.get(posix.join(posix.dirname(file), path))
        if (slug === undefined) throw new Error(`The reference of ${file} links to ${path}`)
        return `](/${slug}/`
      })
  )
}
