// Chooses the faults: files by their lines of code, then a kind of fault, then a place, all by a fixed seed. It reads sources
// only, never tests, so that the share of caught ones says something about the tests.
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { REPOSITORY } from '../public-packages.ts'
import type { Fault } from './fault.ts'

/** A fault of this kind at a node: what stands in its place; undefined where it does not fit. */
type Rule = (node: ts.Node, text: (node: ts.Node) => string) => string | undefined

/** What each operator becomes. */
const BOUNDARY: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }
const NEGATION: Readonly<Record<string, string>> = { '===': '!==', '!==': '===' }
const LOGIC: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' }
const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*' }

const operator =
  (swaps: Readonly<Record<string, string>>): Rule =>
  (node, text) => {
    if (!ts.isBinaryExpression(node)) return undefined
    const swap = swaps[node.operatorToken.getText()]
    return swap === undefined ? undefined : `${text(node.left)} ${swap} ${text(node.right)}`
  }

const KINDS: Readonly<Record<string, Rule>> = {
  boundary: operator(BOUNDARY),
  negation: operator(NEGATION),
  logic: operator(LOGIC),
  arithmetic: operator(ARITHMETIC),
  default: (node, text) =>
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
      ? text(node.right)
      : undefined,
  condition: (node, text) =>
    (ts.isIfStatement(node.parent) && node.parent.expression === node) ||
    (ts.isConditionalExpression(node.parent) && node.parent.condition === node)
      ? `!(${text(node)})`
      : undefined,
  constant(node) {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return 'false'
    if (node.kind === ts.SyntaxKind.FalseKeyword) return 'true'
    if (!ts.isNumericLiteral(node)) return undefined
    const value = Number(node.text)
    if (value < 10) return String(value === 0 ? 1 : value - 1)
    return String(Math.floor(value / 10))
  },
  'removed statement': (node) =>
    ts.isExpressionStatement(node) &&
    !/^(?:super|await\b|yield)/.test(node.getText()) &&
    (ts.isCallExpression(node.expression) || ts.isBinaryExpression(node.expression))
      ? '{}'
      : undefined,
  'removed await': (node, text) =>
    ts.isAwaitExpression(node)
      ? ts.isExpressionStatement(node.parent)
        ? `void ${text(node.expression)}`
        : text(node.expression)
      : undefined,
}

/** mulberry32: the same numbers for the same seed, everywhere. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** All faults that fit in one file, by kind. Types have none: nothing of them runs. */
function faultsIn(file: string): ReadonlyMap<string, readonly Fault[]> {
  const code = readFileSync(`${REPOSITORY}/${file}`, 'utf8')
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const lines = code.split('\n')
  const found = new Map<string, Fault[]>()
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return
    if (ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node)) return
    const start = source.getLineAndCharacterOfPosition(node.getStart())
    const end = source.getLineAndCharacterOfPosition(node.getEnd())
    const from = lines[start.line] ?? ''
    const isUnique = lines.filter((line) => line === from).length === 1
    if (start.line === end.line && isUnique && node.parent !== undefined) {
      for (const [kind, rule] of Object.entries(KINDS)) {
        const place = rule(node, (part) => part.getText())
        if (place === undefined) continue
        const to = from.slice(0, start.character) + place + from.slice(end.character)
        found.set(kind, [...(found.get(kind) ?? []), { file, kind, from, to }])
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The file at this place, from 0 to 1, of all their lines in a row. */
function weighted<T extends { readonly size: number }>(
  from: readonly T[],
  place: number,
): T | undefined {
  let rest = place * from.reduce((sum, { size }) => sum + size, 0)
  return from.find(({ size }) => {
    rest -= size
    return rest < 0
  })
}

/** At least so many in a package, however small it is. */
const LEAST = 4
/** The battery is a test itself. */
const EXCLUDED = /\/outbox-test\//

export function chooseFaults(count: number, seed: number): readonly Fault[] {
  const random = numbers(seed)
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
  const files = globSync('packages/*/src/**/*.ts', { cwd: REPOSITORY })
    .filter((file) => !EXCLUDED.test(file))
    .sort()
    .map((file) => ({
      file,
      faults: faultsIn(file),
      size: readFileSync(`${REPOSITORY}/${file}`).length,
    }))
    .filter(({ faults }) => faults.size > 0)
  const whole = files.reduce((sum, { size }) => sum + size, 0)
  const chosen: Fault[] = []
  for (const some of Map.groupBy(files, ({ file }) => file.split('/')[1]).values()) {
    const size = some.reduce((sum, one) => sum + one.size, 0)
    const share = Math.min(some.length * 2, Math.max(LEAST, Math.round((count * size) / whole)))
    let left = [...some]
    for (let n = 0; n < share; n++) {
      // Each file once, until all had their turn.
      if (left.length === 0) left = [...some]
      const one = weighted(left, random())
      if (one === undefined) break
      left = left.filter((other) => other !== one)
      const fault = pick(one.faults.get(pick([...one.faults.keys()]) ?? '') ?? [])
      const isNew = chosen.every(({ file, from }) => file !== fault?.file || from !== fault.from)
      if (fault !== undefined && isNew) chosen.push(fault)
    }
  }
  return chosen
}
