import { EmulatorError } from '../emulator-error.ts'
import { text } from '../field-check.ts'
import { checkKeys, checkObject } from '../known-options.ts'

/** One dataset, so that tests which run at once can share an emulator; all of them when nothing is given. */
export interface DatasetFilter {
  /** The dataset that events were sent to. */
  readonly pixel_id?: string | undefined
}

export const DATASET_KEYS = ['pixel_id'] as const satisfies readonly (keyof DatasetFilter)[]

/** @throws EmulatorError `option_invalid` for another key: `clear({ pixelId })` must not forget all datasets */
export function checkDataset(filter: DatasetFilter, by: string): DatasetFilter {
  const what = `The filter of ${by}`
  checkObject(filter, what)
  checkKeys(filter, DATASET_KEYS, what)
  if (filter.pixel_id === undefined || text.fits(filter.pixel_id)) return filter
  throw new EmulatorError('option_invalid', `Key pixel_id of ${by} must be ${text.expected}.`)
}
