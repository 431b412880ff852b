import { once } from 'node:events'
import { styleText } from 'node:util'

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** How a word may look. */
export type Style = 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow'

/** Where a command reads and writes. Data goes to stdout, everything else to stderr. */
export interface Terminal {
  /** The process's variables, and beneath them those of the files of `--env-file`. */
  readonly env: Environment
  /** Whether `--json` was given: stdout gets JSON. */
  readonly isJson: boolean
  /** Whether a question can be asked: both ends are a terminal, and this is no CI. */
  readonly canAsk: boolean
  /** Whether stderr is a terminal that progress may be redrawn on. */
  readonly canRedraw: boolean
  /** One or more lines of data. */
  readonly print: (text: string) => void
  /** Waits until a slow reader took what was printed: call it while printing much. */
  drained(): Promise<void>
  /** One or more lines for a person: progress, hints, warnings. */
  readonly say: (text: string) => void
  /** Replaces the line that was drawn before: progress, where `canRedraw`. */
  redraw(text: string): void
  /** Colours data, where stdout shows colours. */
  paint(style: Style, text: string): string
  /** Colours what is said, where stderr shows colours. */
  readonly tint: (style: Style, text: string) => string
  /** Standard input, as it comes. */
  readonly stdin: AsyncIterable<Uint8Array>
  /** All of standard input. */
  readInput(): Promise<string>
}

/** The parts of `process` that a terminal is made of. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/** @param env see `readEnvironment` */
export function createTerminal(streams: Streams, env: Environment, isJson: boolean): Terminal {
  const { stdin, stdout, stderr } = streams
  const isTerminal = stdin.isTTY === true && stderr.isTTY === true
  const isCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false'
  const paintOn =
    (stream: NodeJS.WriteStream): Terminal['paint'] =>
    (style, text) =>
      styleText(style, text, { stream })
  return {
    env,
    isJson,
    canAsk: isTerminal && !isCi,
    canRedraw: stderr.isTTY === true && !isCi && env['TERM'] !== 'dumb',
    print: (text) => void stdout.write(`${text}\n`),
    drained: async () => {
      if (stdout.writableNeedDrain) await once(stdout, 'drain')
    },
    say: (text) => void stderr.write(`${text}\n`),
    stdin,
    redraw: (text) => void stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns ?? 80) - 1)}`),
    paint: paintOn(stdout),
    tint: paintOn(stderr),
    readInput: async () => {
      if (stdin.isTTY) stderr.write('Reading standard input; end it with Ctrl-D.\n')
      const parts: Buffer[] = []
      for await (const part of stdin) parts.push(part as Buffer)
      return Buffer.concat(parts).toString('utf8')
    },
  }
}
