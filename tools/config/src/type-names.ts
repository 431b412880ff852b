import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/*
 * What two entries of a package share, tsup puts into a chunk of declarations whose exports have names of a letter or two:
 * `Receipt as Z`. Compilers then say `import("…/request-tracker-PQqZeu5i").Z` where a user should read `Receipt`.
 * Run after `tsup` in packages of several entries: the chunks' exports get their own names again.
 */

const LIST = /^(import|export) (type )?\{ ([^}]*) \}(?: from '(\.[^']+)')?;$/gm
/** A chunk's name ends with a hash of its content; an entry's does not. */
const CHUNK = /-[\w-]{8}\.d\.c?ts$/

const folder = process.argv[2] ?? 'dist'
const files = readdirSync(folder).filter((name) => /\.d\.c?ts$/.test(name))
const texts = new Map(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

/** `type A as B, C` as pairs of what it is called there and here. */
function entriesOf(list: string): readonly (readonly [string, string])[] {
  return list.split(', ').map((entry) => {
    const [there = '', here = there] = entry.replace(/^type /, '').split(' as ')
    return [there, here]
  })
}

const written = (there: string, here: string) => (there === here ? there : `${there} as ${here}`)

/** Per chunk, the own name of what it exports by a short one. */
const ownNames = new Map<string, ReadonlyMap<string, string>>()
for (const [name, text] of texts) {
  if (!CHUNK.test(name)) continue
  const own = new Map<string, string>()
  const renamed = text.replace(LIST, (line, kind, type = '', list, from) => {
    if (kind !== 'export' || from !== undefined) return line
    for (const [local, short] of entriesOf(list)) own.set(short, local)
    return `export ${type}{ ${entriesOf(list)
      .map(([local]) => local)
      .join(', ')} };`
  })
  if (new Set(own.values()).size !== own.size) throw new Error(`${name} exports a name twice.`)
  ownNames.set(name, own)
  texts.set(name, renamed)
}

for (const [name, text] of texts) {
  const renamed = text.replace(LIST, (line, kind, type = '', list, from) => {
    // The file that './chunk.js' means here: './chunk.d.ts', and './chunk.d.cts' for './chunk.cjs'.
    const chunk = from && basename(from).replace(/\.(c?)js$/, '.d.$1ts')
    const own = chunk && ownNames.get(chunk)
    if (!own) return line
    const entries = entriesOf(list).map(([there, here]) => written(own.get(there) ?? there, here))
    return `${kind} ${type}{ ${entries.join(', ')} } from '${from}';`
  })
  writeFileSync(join(folder, name), renamed)
}
