import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const core = fileURLToPath(new URL('../../packages/core', import.meta.url))

/** What an editor shows in a file that stands in the tests of core, at places marked `/*name*\/` in front of what is pointed at. */
export interface Editor {
  /** The text on a name, without its type; empty where there is none. */
  hover(place: string): string
  /** What is offered there, as a list in the editor's order. */
  completions(place: string): readonly string[]
  /** What is said of the call whose argument is typed there: of that argument, and of each parameter. */
  argument(place: string): string
}

const readFile = (name: string) => ts.sys.readFile(name)

export function openEditor(text: string): Editor {
  const file = join(core, 'test/open-in-editor.mts')
  const config = ts.readConfigFile(join(core, 'tsconfig.json'), readFile).config
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, core)
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => core,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (forOptions) => ts.getDefaultLibFilePath(forOptions),
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile,
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
  })

  function at(place: string): number {
    const mark = `/*${place}*/`
    const position = text.indexOf(mark)
    if (position < 0) throw new Error(`No place ${place}.`)
    return position + mark.length
  }

  const plain = (parts: ts.SymbolDisplayPart[] | undefined) => ts.displayPartsToString(parts)

  return {
    hover: (place) => plain(service.getQuickInfoAtPosition(file, at(place) + 1)?.documentation),
    completions(place) {
      const entries = service.getCompletionsAtPosition(file, at(place), {})?.entries ?? []
      return [...entries]
        .sort((a, b) => a.sortText.localeCompare(b.sortText) || a.name.localeCompare(b.name))
        .map((entry) => entry.name)
    },
    argument(place) {
      const help = service.getSignatureHelpItems(file, at(place), {})
      const item = help?.items[help.selectedItemIndex]
      const tags = (item?.tags ?? []).map((tag) => plain(tag.text))
      return [plain(item?.parameters[help?.argumentIndex ?? 0]?.documentation), ...tags].join('\n')
    },
  }
}
