import type { Results } from './results.ts'

const whole = (value: number) => Math.round(value).toLocaleString('en')

/** The measured lines of the root README's comparison, by how they begin. */
function lines({ date, rows, comparison }: Results): Readonly<Record<string, string>> {
  const { dependencies, downloadKb, loadMs } = comparison
  const speed = rows.find(({ name }) => name.includes('SDK'))?.now ?? Number.NaN
  const sdkDownload = `${whole(downloadKb.sdk)} kB, and its dependencies`
  return {
    '| dependencies, all of them |': ` ${dependencies.sdk} | ${dependencies.core || 'none'} (core) |`,
    '| to download |': ` ${sdkDownload} | ${whole(downloadKb.core)} kB (core) |`,
    '| to load |': ` ${whole(loadMs.sdk)} ms | ${loadMs.core.toFixed(1)} ms (core) |`,
    '| to build an event |': ` 1 | ${speed.toFixed(1)} times as fast |`,
    'Measured on one machine on ': `${date}; only the ratios mean anything.`,
  }
}

/** The README with the figures of the last whole run. */
export function withFigures(readme: string, results: Results): string {
  return Object.entries(lines(results)).reduce((text, [start, rest]) => {
    const at = text.indexOf(start)
    if (at < 0) throw new Error(`The README has no line that begins with "${start}"`)
    const isTable = start.startsWith('|')
    const end = isTable
      ? text.indexOf('\n', at)
      : text.indexOf('anything.', at) + 'anything.'.length
    return text.slice(0, at) + start + rest + text.slice(end)
  }, readme)
}
