import { resolve } from 'node:path'
import type { CapiOptions } from '@capi/core'
import { CliError } from '../shell/cli-error.ts'
import { clientSettings, demandDataset } from '../shell/client-settings.ts'
import type { Exit } from '../shell/exit-codes.ts'
import { isLocal } from '../shell/is-local.ts'
import type { Terminal } from '../shell/terminal.ts'
import { agree, answer, type Question } from './ask.ts'
import { makePlan, type Plan } from './map/plan.ts'
import { answersOf, columnsOf, delimiterOf, type ImportOptions, mergeColumns } from './options.ts'
import { findHeader, type Header } from './read/find-header.ts'
import type { Shape } from './read/row-splitter.ts'
import { openSource, type SourceFile } from './read/source-file.ts'
import { checkPlan, noMatchKeys, openQuestions } from './run/check-plan.ts'
import { checkpointPath, startFrom } from './run/checkpoint.ts'
import { failedFile, keptBytes } from './run/failed-file.ts'
import { learn } from './run/learn.ts'
import { preview } from './run/preview.ts'
import { printResult } from './run/print-result.ts'
import { showProgress } from './run/progress.ts'
import {
  mappingPath,
  readMapping,
  type SavedMapping,
  savedColumns,
  saveMapping,
} from './run/saved-mapping.ts'
import { showPlan } from './run/show-plan.ts'
import { createUpload } from './run/upload.ts'
import { FREE } from './sources/free.ts'
import type { Source } from './sources/source.ts'
import { detectSource, SOURCES, sourceNamed } from './sources/sources.ts'
import { zoneNamed } from './values/zones.ts'

/** `capi import`: one event for each sale of an export, through the outbox to Meta. */
export async function importFile(
  terminal: Terminal,
  path: string,
  options: ImportOptions,
): Promise<Exit> {
  const given = {
    answers: answersOf(options),
    columns: columnsOf(options.column),
    delimiter: delimiterOf(options.delimiter),
  }
  const client = clientOf(terminal, options)
  const pixelId = pixelOf(client, options)
  const file = await openSource(path, options.encoding)
  try {
    const { plan, shape, saved } = await planFor(terminal, file, options, given)
    const nowMs = Date.now()
    const found = await preview(file, shape, plan, { pixelId, nowMs })
    const refusal = noMatchKeys(plan, found)
    if (refusal !== undefined) throw new CliError('input_invalid', `${refusal} Nothing was sent.`)
    const { encoding } = file.found
    showPlan(terminal, plan, found, { encoding, delimiter: shape.delimiter })
    const isDryRun = options.dryRun === true
    const checkpoint = checkpointPath(path)
    const start =
      isDryRun || pixelId === undefined
        ? undefined
        : await startFrom(checkpoint, file, { ...options, pixelId })
    if (
      saved.isNew &&
      !isDryRun &&
      options.yes !== true &&
      !(await agree(terminal, `Send this file to dataset ${pixelId}?`))
    )
      return 'ok'
    if (saved.isNew) await saveMapping(saved.path, saved.mapping)
    const failedPath =
      options.failed ?? (isDryRun ? undefined : `${path.replace(/\.[^./\\]*$/, '')}.failed.csv`)
    if (failedPath !== undefined && resolve(failedPath) === resolve(path))
      throw new CliError(
        'usage_invalid',
        '--failed names the file that is imported. Nothing was sent. Name another one.',
      )
    const failed =
      failedPath === undefined
        ? undefined
        : failedFile({
            path: failedPath,
            headers: plan.headers,
            delimiter: shape.delimiter,
            keepBytes: await keptBytes(failedPath, start),
          })
    const upload = createUpload({
      file,
      shape,
      plan,
      pixelId,
      client,
      isDryRun,
      checkpoint: { path: checkpoint, found: start },
      failed,
      perSecond: options.rate,
      patienceMs: options.wait * 1_000,
      nowMs,
      expectedOrders: found.expectedOrders,
    })
    const onSignal = () => upload.interrupt()
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
    const endProgress = showProgress(terminal, upload.standing)
    const uploaded = await upload.run()
    endProgress()
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    printResult(terminal, uploaded, { isDryRun, failedPath, checkpoint })
    return uploaded.exit
  } finally {
    await file.close()
  }
}

/** @throws CliError `usage_invalid` unless it is clear whether the events are meant. */
function clientOf({ env }: Terminal, options: ImportOptions): CapiOptions {
  const { testEventCode: ofEnv, ...client } = clientSettings(env, options)
  const { live = false, dryRun = false, uploadTag } = options
  const testEventCode = options.testEventCode ?? (live ? undefined : ofEnv)
  if (!dryRun && !live && testEventCode === undefined && !isLocal(client.baseUrl))
    throw new CliError(
      'usage_invalid',
      'Meta counts every event. Pass --dry-run to see what the file would become, --test-event-code to see the events under Test events, or --live if they are real. Nothing was sent.',
    )
  return { ...client, testEventCode, uploadTag }
}

/** Undefined: a dry run that names none. */
function pixelOf(client: CapiOptions, { dryRun = false }: ImportOptions): string | undefined {
  const { pixelId } = client
  if (dryRun) return typeof pixelId === 'string' ? pixelId : undefined
  return demandDataset(client).pixelId
}

interface Given {
  readonly answers: ReturnType<typeof answersOf>
  readonly columns: ReturnType<typeof columnsOf>
  readonly delimiter: string | undefined
}

interface Planned {
  readonly plan: Plan
  readonly shape: Shape
  readonly saved: { readonly isNew: boolean; readonly path: string; readonly mapping: SavedMapping }
}

/** What the file is, what was saved of files like it, and what is still to be asked. */
async function planFor(
  terminal: Terminal,
  file: SourceFile,
  options: ImportOptions,
  given: Given,
): Promise<Planned> {
  const named = options.map === undefined ? undefined : await readMapping(options.map, true)
  const columnNames = Object.keys(mergeColumns(named?.columns ?? {}, given.columns))
  const header = findHeader(await file.head(), {
    ...(given.delimiter !== undefined && { delimiter: given.delimiter }),
    named: columnNames,
    saved: options.map === undefined ? await savedColumns(file.path) : [],
  })
  const source = sourceOf(options.from ?? named?.from, header)
  if (source.refusal !== undefined)
    throw new CliError(
      'input_invalid',
      `${source.title} cannot be uploaded. Nothing was sent. ${source.refusal}`,
    )
  const path = options.map ?? mappingPath(file.path, source.name, header.folded)
  const saved = named ?? (await readMapping(path, false))
  if (saved !== undefined && named === undefined)
    terminal.say(`mapping of ${path}, as it was saved; what is passed wins`)
  const own = mergeColumns(saved?.columns ?? {}, given.columns)
  let answers = { ...saved?.answers, ...given.answers }
  const shape = {
    delimiter: header.delimiter,
    headerLines: header.headerLines,
    width: header.headers.length,
  }
  const planWith = (with_: typeof answers) => {
    const zone = with_.timezone ?? header.timezone
    const known = zone === undefined ? undefined : zoneNamed(zone)
    return makePlan({
      source,
      header,
      own,
      answers: with_,
      zone: known === 'shared' ? undefined : known,
    })
  }
  checkPlan(planWith(answers))
  const learned = await learn(file, shape, planWith(answers))
  const questions: Question[] = [...openQuestions(planWith(answers)), ...learned.asks]
  answers = { ...answers, ...(await answer(terminal, questions)) }
  // `--since` is said of one run.
  const { since: _, ...kept } = answers
  const mapping: SavedMapping = { version: 1, from: source.name, columns: own, answers: kept }
  const isNew = JSON.stringify(mapping) !== JSON.stringify(saved)
  // What this file shows of itself is not saved: the next one may show something else.
  const plan = planWith({
    ...answers,
    date: answers.date ?? learned.date,
    decimal: answers.decimal ?? learned.decimal,
  })
  return { plan, shape, saved: { isNew, path, mapping } }
}

/** @throws CliError `usage_invalid` */
function sourceOf(name: string | undefined, { folded }: Header): Source {
  if (name === undefined) return detectSource(folded) ?? FREE
  const source = sourceNamed(name)
  if (source !== undefined) return source
  const names = [...SOURCES.map((one) => one.name), FREE.name].join(', ')
  throw new CliError('usage_invalid', `--from does not know ${name}. It knows ${names}.`)
}
