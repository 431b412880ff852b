import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

/**
 * What people hand in takes undefined wherever a key may be left out, for with `exactOptionalPropertyTypes` an option from
 * `string | undefined` would not compile. What we hand out leaves keys out, and may say so.
 */
const TAKEN = /(?:Options|Fields|Input|Scope|UserData|CommerceData|Extras|Rules|RateLimit)$/
/** Types of that name that are given out, or written by us alone. */
const GIVEN = new Set(['UserData', 'ResolvedOptions'])
/** A key that is there with undefined says something here: it is refused, never read as not said. */
const MEANT = new Set([
  'Scope.pixelId',
  'CommonFields.pixelId',
  'RequestOptions.consent',
  'CapiVisitOptions.consent',
  'MappingRules.consent',
])

const packages = fileURLToPath(new URL('../../packages/', import.meta.url))
const sources = ts.sys
  .readDirectory(packages, ['.ts'], ['**/node_modules', '**/dist'], ['*/src/**/*.ts'])
  // A program: nothing of it is called by others.
  .filter((name) => !name.startsWith(`${packages}cli/`))
  .map((name) => ts.createSourceFile(name, ts.sys.readFile(name) ?? '', ts.ScriptTarget.Latest))

function allowsUndefined(type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false
  if (ts.isUnionTypeNode(type)) return type.types.some(allowsUndefined)
  return (
    type.kind === ts.SyntaxKind.UndefinedKeyword ||
    type.kind === ts.SyntaxKind.UnknownKeyword ||
    type.kind === ts.SyntaxKind.NeverKeyword ||
    // Aliases that name undefined, and properties of types that are checked where they stand.
    (ts.isTypeReferenceNode(type) &&
      /^(?:Raw|Plain|Digits)\w+$/.test(type.typeName.getText(source))) ||
    ts.isIndexedAccessTypeNode(type)
  )
}

let source: ts.SourceFile
function* strictMembers(): Generator<string> {
  for (source of sources) {
    for (const statement of source.statements) {
      if (!ts.isInterfaceDeclaration(statement) || !TAKEN.test(statement.name.text)) continue
      const isPublic = statement.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)
      if (GIVEN.has(statement.name.text) || isPublic !== true) continue
      for (const member of statement.members) {
        if (!ts.isPropertySignature(member) || member.questionToken === undefined) continue
        const name = `${statement.name.text}.${member.name.getText(source)}`
        if (!MEANT.has(name) && !allowsUndefined(member.type)) yield name
      }
    }
  }
}

it('every option that may be left out may be undefined', () => {
  expect([...strictMembers()]).toEqual([])
})
