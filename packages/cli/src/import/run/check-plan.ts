import { CliError } from '../../shell/cli-error.ts'
import type { Question } from '../ask.ts'
import type { Plan } from '../map/plan.ts'
import { FREE } from '../sources/free.ts'
import { MATCH_KEYS } from '../sources/target.ts'
import type { Preview } from './preview.ts'

/** @throws CliError `input_invalid` where no row of the file can be sent, whatever stands in it. */
export function checkPlan(plan: Plan): void {
  const { columns, source } = plan
  const has = (...targets: readonly Parameters<typeof columns.has>[0][]) =>
    targets.some((one) => columns.has(one))
  if (!has(...MATCH_KEYS)) throw refused(noKeys(plan))
  for (const target of SINGLE) checkSingle(plan, target)
  if (!has('event_time', 'event_time.date', 'event_time.else'))
    throw refused('No column says when the sale was. Name it: --column "Sold on=event_time".')
  const isSale =
    (plan.answers.event ?? source.event ?? 'Purchase') === 'Purchase' && !has('event_name')
  if (isSale && !has('value'))
    throw refused('No column holds the amount. Name it: --column "Sum=value".')
  const hasId = has('order_id', 'order_id.else', 'event_id') || source.hasNoId === true
  if (!hasId && plan.answers.rowId !== true)
    throw refused(
      'No column holds an id of the order: sent again, a row would count twice. Name it: --column "Receipt=order_id"; or pass --allow-row-id to make the id of the row\'s own text.',
    )
}

/** Of these a sale has one; of several columns with usual names, which one is not guessed. */
const SINGLE = ['event_time', 'event_time.date', 'value', 'order_id', 'currency'] as const

function checkSingle({ columns, source, headers }: Plan, target: (typeof SINGLE)[number]): void {
  const found = columns.get(target) ?? []
  if (source !== FREE || found.length < 2) return
  const names = found.map((index) => headers[index] ?? '')
  throw refused(
    `Several columns may be the ${target}: ${names.join(', ')}. Name one: --column "${names[0]}=${target}".`,
  )
}

/** Asked before any row is read. */
export function openQuestions({ columns, source, answers }: Plan): Question[] {
  const questions: Question[] = []
  if (columns.has('value') && !columns.has('currency') && answers.currency === undefined)
    questions.push('currency')
  const own =
    columns.has('state.state') ||
    (source.states ?? []).some(
      ({ target, sold, isAnyUnsold }) =>
        columns.has(target) && sold.length === 0 && isAnyUnsold !== true,
    )
  const isUnanswered = own && answers.sold === undefined
  if (isUnanswered) questions.push('sold')
  return questions
}

/** Why the whole file is refused: the cells of its match keys are empty. */
export function noMatchKeys(plan: Plan, { sales, withMatchKey }: Preview): string | undefined {
  return sales > 0 && withMatchKey === 0 ? noKeys(plan) : undefined
}

function noKeys({ source }: Plan): string {
  const which =
    'The file has no e-mail, no phone number and no other key by which Meta can match a person.'
  return `${which} ${source.betterExport ?? 'Export the orders with the e-mail or the phone number of the customer, or name the column: --column "Mail=user_data.em".'}`
}

const refused = (message: string) => new CliError('input_invalid', `${message} Nothing was sent.`)
