import { relative } from 'node:path'
import ts from 'typescript'
import type { ApiName } from './surface.ts'

/** A tag such as `ok: true` or `kind: 'x'` tells members of a union apart and says so itself. */
function isTagOrForbidden(type: ts.TypeNode | undefined): boolean {
  return (
    type !== undefined && (ts.isLiteralTypeNode(type) || type.kind === ts.SyntaxKind.NeverKeyword)
  )
}

function isPrivate(node: ts.Declaration): boolean {
  const flags = ts.getCombinedModifierFlags(node)
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0
}

/** What a user can write or read by name, and so hover. `{ f(): T }['f']` is a way to write a type, no member. */
function isMember(node: ts.Node): node is ts.PropertySignature | ts.MethodSignature {
  if (!ts.isTypeElement(node) && !ts.isClassElement(node)) return false
  if (node.name === undefined || ts.isPrivateIdentifier(node.name) || isPrivate(node)) return false
  if (ts.isIndexedAccessTypeNode(node.parent.parent)) return false
  if (ts.isPropertySignature(node) || ts.isPropertyDeclaration(node)) {
    return !isTagOrForbidden(node.type)
  }
  return ts.isMethodSignature(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node)
}

function isGeneric(node: ts.Declaration): boolean {
  return ts.isTypeAliasDeclaration(node) && node.typeParameters !== undefined
}

function place(node: ts.Node): string {
  const file = node.getSourceFile()
  const { line } = file.getLineAndCharacterOfPosition(node.getStart())
  return `${relative('.', file.fileName)}:${line + 1}`
}

/** Every exported name, and every member of what a user meets by one, that no comment explains. */
export function undocumented(names: readonly ApiName[], checker: ts.TypeChecker): string[] {
  const missing = new Set<string>()
  const isSilent = (symbol: ts.Symbol | undefined): boolean =>
    symbol !== undefined && symbol.getDocumentationComment(checker).length === 0

  for (const { name, isExported, symbol, declarations } of names) {
    const [first] = declarations
    if (first === undefined) continue
    // What restates fields for the compiler's sake: their words stand where the fields do.
    if (!isExported && isGeneric(first)) continue
    if (isExported && !ts.isModuleDeclaration(first) && isSilent(symbol))
      missing.add(`${place(first)} ${name}`)
    const visit = (node: ts.Node): void => {
      // Errors and services are made here, not by users.
      if (ts.isConstructorDeclaration(node)) return
      if (isMember(node) && isSilent(checker.getSymbolAtLocation(node.name))) {
        missing.add(`${place(node)} ${name}.${node.name.getText()}`)
      }
      ts.forEachChild(node, visit)
    }
    declarations.forEach(visit)
  }
  return [...missing]
}
