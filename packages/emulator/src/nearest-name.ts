/** The name that shares most letters and pairs of letters, if that is half of them. Source: Dice, Ecology 26 (1945), 297. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.slice(0, 40).toLowerCase()
  const [best] = known
    .map((one) => ({ one, likeness: likeness(one.toLowerCase(), wanted) }))
    .sort((a, b) => b.likeness - a.likeness)
  return best !== undefined && best.likeness >= 0.5 ? best.one : undefined
}

function likeness(one: string, other: string): number {
  return (shared(one.split(''), other.split('')) + shared(pairsOf(one), pairsOf(other))) / 2
}

function shared(ours: readonly string[], theirs: readonly string[]): number {
  return (2 * ours.filter((part) => theirs.includes(part)).length) / (ours.length + theirs.length)
}

/** Pairs of letters, with marks at both ends: a short name differs most there. */
function pairsOf(name: string): string[] {
  const framed = `^${name}$`
  return Array.from({ length: framed.length - 1 }, (_, at) => framed.slice(at, at + 2))
}
