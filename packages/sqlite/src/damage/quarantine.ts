import { existsSync, renameSync } from 'node:fs'

/** Where a new file is made while the damaged one is still in place. */
export function repairedName(path: string): string {
  return `${path}.repair`
}

/** A repair was cut short between putting the damaged file aside and putting the new one in its place. */
export function finishRepair(path: string): void {
  if (!existsSync(path) && existsSync(repairedName(path))) renameSync(repairedName(path), path)
}

/** Puts a damaged file aside, with what belongs to it. Nothing of it may be open. @returns its new name */
export function quarantine(path: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[:.-]/g, '')
  let aside = `${path}.corrupt-${stamp}`
  for (let n = 2; existsSync(aside); n++) aside = `${path}.corrupt-${stamp}-${n}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix)
  }
  return aside
}
