import { expectTypeOf, it } from 'vitest'
import { createCapi, type EventInput, type Receipt } from '../src/index.ts'

const capi = createCapi()

it('takes what Meta takes', () => {
  expectTypeOf(capi.track('Purchase', { value: 1, currency: 'EUR' })).toEqualTypeOf<
    Promise<Receipt>
  >()
  expectTypeOf(capi.track('PageView')).toEqualTypeOf<Promise<Receipt>>()
  void capi.track('MyOwnEvent', { colour: 'red' }, { user_data: { em: undefined, external_id: 7 } })
})

it('does not compile a wrong event', () => {
  // @ts-expect-error Purchase without custom_data
  void capi.track('Purchase')
  // @ts-expect-error Purchase without currency
  void capi.track('Purchase', { value: 1 })
  // @ts-expect-error misspelt action source
  void capi.track('Lead', {}, { action_source: 'webiste' })
  // @ts-expect-error value belongs into custom_data
  void capi.track('Lead', {}, { value: 1 })
  // @ts-expect-error an unknown key of user_data
  void capi.track('Lead', {}, { user_data: { email: 'a@b.co' } })
  // @ts-expect-error action_source is required
  const event: EventInput = { event_name: 'Lead', user_data: {} }
  void event
})
