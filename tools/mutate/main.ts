// Puts one-line faults into the sources, one at a time, and runs the tests that stand for the file. By hand:
//   node tools/mutate/main.ts choose [count] [seed]   writes a new list, with no results
//   node tools/mutate/main.ts run [word…]             runs the faults of such files, or of such a kind; without any: those
//                                                     that were not run, or not caught
//   node tools/mutate/main.ts near [word…]            the same with the tests near to each fault alone: quick, and writes
//                                                     only what they catch
// It works in a copy of the last commit, a git worktree in the folder for temporary files: sources here stay as they are.
// Stryker 10.1 was tried and does not serve: it takes no sample, it runs all of core's tests with tracing before the first fault
// (four minutes on two cores), and the line it writes on top of each file fails the test that compares made files.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chooseFaults } from './choose.ts'
import { COPY, caughtBy, caughtNear, firstFailure, prepareCopy } from './copy.ts'
import { type Fault, FIRST, packageOf, readFaults, writeFaults } from './fault.ts'

/** Nothing but the fault is different; whatever happens, the file is as before. */
function withFault<T>({ file, from, to }: Fault, run: () => T): T | undefined {
  const path = join(COPY, file)
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const lines = before.split('\n')
  if (lines.filter((line) => line === from).length !== 1) return undefined
  try {
    writeFileSync(path, lines.map((line) => (line === from ? to : line)).join('\n'))
    return run()
  } finally {
    writeFileSync(path, before)
  }
}

const [command, ...words] = process.argv.slice(2)
if (command === 'choose') {
  const chosen = chooseFaults(Number(words[0] ?? 80), Number(words[1] ?? 26))
  writeFaults([...chosen, ...readFaults().filter(({ kind }) => kind === FIRST)])
} else if (command === 'run' || command === 'near') {
  const look = command === 'near' ? caughtNear : caughtBy
  prepareCopy()
  const isMeant = (fault: Fault) =>
    fault.equivalent === undefined &&
    (words.length > 0
      ? words.some((word) => fault.file.includes(word) || fault.kind === word)
      : !fault.caughtBy)
  const catchers = new Map<string, Set<string>>()
  for (const fault of readFaults().filter(isMeant)) {
    const name = packageOf(fault)
    const startMs = Date.now()
    const by = withFault(fault, () => look(fault))
    const seconds = Math.round((Date.now() - startMs) / 1000)
    console.log(
      `${by === undefined ? 'not seen, or gone' : by || 'SURVIVED'}  ${seconds} s  ${fault.file}: ${fault.to.trim()}`,
    )
    if (by === undefined) continue
    const file = / (test\/\S+\.ts)/.exec(by)?.[1]
    if (file !== undefined)
      catchers.set(name, (catchers.get(name) ?? new Set()).add(`packages/${name}/${file}`))
    // Read again: another run may have written since.
    const isIt = (one: Fault) => one.file === fault.file && one.from === fault.from
    writeFaults(readFaults().map((one) => (isIt(one) ? { ...one, caughtBy: by } : one)))
  }
  // What saw a fault must see none where there is none.
  for (const [name, files] of catchers) {
    const trouble = firstFailure(name, [...files])
    console.log(`${name}: without a fault ${trouble ?? 'the same tests pass'}`)
    if (trouble !== undefined) process.exitCode = 1
  }
} else console.log('node tools/mutate/main.ts choose [count] [seed] | run [word…] | near [word…]')
