import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript60'

const config = fileURLToPath(new URL('../tsconfig.user.json', import.meta.url))

/** What TypeScript 6 says first of each file, by the file's name, at the code it underlines. */
export function compileMistakes(files: readonly string[]): ReadonlyMap<string, string> {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    dirname(config),
  )
  const program = ts.createProgram([...files], { ...options, allowImportingTsExtensions: true })
  return new Map(
    files.map((file) => {
      const source = program.getSourceFile(file)
      const [first] = program.getSemanticDiagnostics(source)
      return [basename(file, '.ts'), first === undefined ? '' : describe(first)]
    }),
  )
}

/** Its first line says what, its last one why. */
function describe({ file, start = 0, length = 0, messageText }: ts.Diagnostic): string {
  const lines = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')
  const said = [...new Set([lines[0], lines.at(-1)?.trim()])]
  const code = file?.text.slice(start, start + length).replaceAll(/\s+/g, ' ') ?? ''
  return [`at \`${code}\``, ...said.map((line) => `\`${line}\``)].join('<br>')
}
