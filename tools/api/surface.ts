import { resolve, sep } from 'node:path'
import ts from 'typescript'
import type { Entry, PublicPackage } from '../public-packages.ts'

/** A name of an entry, or one that those names are made of. */
export interface ApiName {
  readonly name: string
  readonly isExported: boolean
  readonly symbol: ts.Symbol
  /** Those that stand in the package itself; none for what is passed on from another one. */
  readonly declarations: readonly ts.Declaration[]
}

export interface Surface {
  readonly entry: Entry
  readonly names: readonly ApiName[]
}

/** One program for all entries: what they share (Node's types, Nest's) is then read once. */
export function apiProgram(packages: readonly PublicPackage[]): ts.Program {
  const files = packages.flatMap(({ entries }) => entries.map(({ types }) => types))
  return ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  })
}

function unaliased(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** A union such as `keyof typeof TABLE`: what it comes to is its meaning, the table is none of the user's. */
export function isTakenFromTable(node: ts.TypeAliasDeclaration, checker: ts.TypeChecker): boolean {
  return checker.getTypeAtLocation(node).isUnion() && /\btypeof\b/.test(node.type.getText())
}

/** Top-level declarations alone: a parameter or a member is printed with what it stands in. */
function isNamedAtTop(node: ts.Declaration): boolean {
  const home = ts.isVariableDeclaration(node) ? node.parent.parent.parent : node.parent
  return ts.isSourceFile(home) && !ts.isModuleDeclaration(node)
}

/**
 * The names an entry exports, by alphabet, and after them those of the package that they are made of: an
 * option's type changes what may be written also where only its owner has a public name.
 */
export function surfaceOf(entry: Entry, folder: string, program: ts.Program): Surface {
  const checker = program.getTypeChecker()
  const inside = resolve(folder) + sep
  const own = (symbol: ts.Symbol): ts.Declaration[] =>
    (symbol.declarations ?? []).filter(
      (node) => resolve(node.getSourceFile().fileName).startsWith(inside) && isNamedAtTop(node),
    )
  const source = program.getSourceFile(entry.types)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${entry.types} exports nothing`)

  const seen = new Map<ts.Symbol, ApiName>()
  for (const alias of checker.getExportsOfModule(module)) {
    const symbol = unaliased(alias, checker)
    seen.set(symbol, { name: alias.name, isExported: true, symbol, declarations: own(symbol) })
  }
  // What an import adds to another module, or everywhere: `req.capi`, a matcher.
  for (const node of source?.statements.filter(ts.isModuleDeclaration) ?? []) {
    const symbol = checker.getSymbolAtLocation(node.name)
    const name = `declare ${node.name.getText()}`
    if (symbol) seen.set(symbol, { name, isExported: true, symbol, declarations: [node] })
  }
  // A map hands out what is added while it is walked, so this follows references to their end.
  for (const { declarations } of seen.values()) {
    const visit = (node: ts.Node): void => {
      // What is injected into a constructor is nothing that a user writes.
      if (ts.isConstructorDeclaration(node)) return
      if (ts.isTypeAliasDeclaration(node) && isTakenFromTable(node, checker)) return
      if (ts.isIdentifier(node)) {
        const found = checker.getSymbolAtLocation(node)
        const symbol = found && unaliased(found, checker)
        if (symbol !== undefined && !seen.has(symbol)) {
          const made = own(symbol)
          if (made.length > 0) {
            seen.set(symbol, { name: symbol.name, isExported: false, symbol, declarations: made })
          }
        }
      }
      ts.forEachChild(node, visit)
    }
    declarations.forEach(visit)
  }
  const names = [...seen.values()].sort(
    (a, b) =>
      Number(b.isExported) - Number(a.isExported) ||
      (a.name < b.name ? -1 : Number(a.name > b.name)),
  )
  return { entry, names }
}
