import ts from 'typescript'
import { type ApiName, isTakenFromTable, type Surface } from './surface.ts'

const LINE_WIDTH = 100
const printer = ts.createPrinter({ removeComments: true })

const KINDS: readonly (readonly [ts.SymbolFlags, string])[] = [
  [ts.SymbolFlags.Class, 'class'],
  [ts.SymbolFlags.Function, 'function'],
  [ts.SymbolFlags.Interface, 'interface'],
  [ts.SymbolFlags.TypeAlias, 'type'],
  [ts.SymbolFlags.Variable, 'const'],
]

function kindOf({ symbol }: ApiName): string {
  const kinds = KINDS.filter(([flag]) => symbol.flags & flag).map(([, kind]) => kind)
  return kinds.join(' and ') || 'module'
}

/** A type taken from a table is written as what it comes to, by alphabet; other long unions as they stand. */
function membersOf(node: ts.TypeAliasDeclaration, checker: ts.TypeChecker): string[] {
  const type = checker.getTypeAtLocation(node)
  if (isTakenFromTable(node, checker) && type.isUnion()) {
    const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias
    return type.types.map((member) => checker.typeToString(member, node, flags)).sort()
  }
  const text = node.getText()
  const isLong = text.length > LINE_WIDTH && !text.includes('\n')
  if (!isLong || !ts.isUnionTypeNode(node.type)) return []
  return node.type.types.map((member) => member.getText())
}

function printed(node: ts.Declaration, checker: ts.TypeChecker): string {
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node
  const text = printer.printNode(ts.EmitHint.Unspecified, whole, node.getSourceFile())
  const members = ts.isTypeAliasDeclaration(node) ? membersOf(node, checker) : []
  if (members.length === 0) return text
  // One member to a line, so that a new one is one line of the diff.
  return `${text.slice(0, text.indexOf(' = ') + 2)}\n    | ${members.join('\n    | ')};`
}

function section(name: ApiName, checker: ts.TypeChecker): string {
  const texts = name.declarations.map((node) => printed(node, checker))
  // Passed on from another package: its own snapshot says what it is.
  const body = texts.length > 0 ? texts : ['(of another package)']
  return `## ${name.name} (${kindOf(name)})\n${body.join('\n')}\n`
}

/** An entry's whole public surface as text: each name, its kind and its declaration, without comments. */
export function snapshotText({ entry, names }: Surface, checker: ts.TypeChecker): string {
  const exported = names.filter(({ isExported }) => isExported)
  const others = names.filter(({ isExported }) => !isExported)
  const sections = (some: readonly ApiName[]) => some.map((name) => section(name, checker))
  const parts = [
    `# ${entry.specifier}: ${exported.length} names. Written by npx -y pnpm@12.21.0 api\n`,
    ...sections(exported),
  ]
  if (others.length > 0) parts.push('# Not exported, but what the names above are made of\n')
  return [...parts, ...sections(others)].join('\n')
}
