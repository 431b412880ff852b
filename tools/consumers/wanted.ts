/**
 * Which checks the arguments ask for; undefined: only their names. `guides` is every guide, `guide next` every variant of one.
 * @throws for a name that none has: nothing would be checked, and pass.
 */
export function namesFor(
  args: readonly string[],
  all: readonly string[],
): readonly string[] | undefined {
  if (args.includes('--list')) return undefined
  const at = args.indexOf('--piece')
  if (at >= 0) return pieceOf(all, args[at + 1] ?? '')
  const fits = (wanted: string) => (name: string) =>
    name === wanted ||
    (wanted === 'guides' && name.startsWith('guide ')) ||
    (wanted.startsWith('guide ') && name.startsWith(`${wanted} |`))
  const unknown = args.filter((wanted) => !all.some(fits(wanted)))
  if (unknown.length > 0)
    throw new Error(`No check is named ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  return args.length === 0 ? all : all.filter((name) => args.some((wanted) => fits(wanted)(name)))
}

/** Every nth: what takes long stands side by side, and is spread so. */
function pieceOf(all: readonly string[], text: string): readonly string[] {
  const [, piece, pieces] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (piece === undefined || pieces === undefined || piece < 1 || piece > pieces)
    throw new Error(`--piece is for example 2/12, not ${text}.`)
  return all.filter((_name, index) => index % pieces === piece - 1)
}
