import { describe, expect, it } from 'vitest'
import { openEditor } from './editor.ts'

const editor = openEditor(`
import { createCapi, buildEvent, type Tracker } from '../src/index.ts'
const capi = createCapi({ /*pixelId*/pixelId: '1', /*accessToken*/accessToken: '', /*onIssue*/onIssue: () => {} })
declare const web: Tracker
void web./*track*/track('Purchase', {
  /*web value*/value: 12.5, /*web currency*/currency: 'EUR', /*web order_id*/order_id: '1', /*web content_ids*/content_ids: ['a'],
  /*web contents*/contents: [{ /*content id*/id: 'a', /*content item_price*/item_price: 1 }],
}, {
  /*web event_id*/event_id: '1', /*web event_time*/event_time: 1, /*web event_source_url*/event_source_url: '',
  /*web user_data*/user_data: { /*web em*/em: '', /*web fbc*/fbc: '', /*web external_id*/external_id: '' },
})
void web.track('AddToCart', { /*cart value*/value: 1, /*cart currency*/currency: 'EUR', mine: 1 })
void web.track('ViewContent', { /*content_type*/content_type: 'vehicle', /*body_style*/body_style: 'SUV' })
void capi.track('Lead', { /*job value*/value: 1, /*job currency*/currency: 'EUR' }, {
  /*job action_source*/action_source: 'chat', /*job event_id*/event_id: '1', /*job event_time*/event_time: 1, /*job user_data*/user_data: { em: '' },
})
void capi.track('Purchase', { value: 1, currency: 'EUR' }, {
  action_source: 'business_messaging', /*messaging_channel*/messaging_channel: 'whatsapp',
  /*whatsapp user_data*/user_data: { /*ctwa_clid*/ctwa_clid: '', page_id: 1 },
})
void capi.track('Purchase', { value: 1, currency: 'EUR' }, {
  action_source: 'app', /*app_data*/app_data: { /*advertiser_tracking_enabled*/advertiser_tracking_enabled: true, extinfo: { version: 'i2', os_version: '17' } }, user_data: { /*madid*/madid: '' },
})
void capi.send({
  /*send event_name*/event_name: 'Purchase', /*send action_source*/action_source: 'chat', /*send event_id*/event_id: '1',
  /*send event_time*/event_time: 1, /*send user_data*/user_data: { /*send em*/em: '' },
  /*send custom_data*/custom_data: { /*send value*/value: 1, /*send currency*/currency: 'EUR', /*send order_id*/order_id: '1', mine: 1 },
})
void capi.send([{ event_name: 'PageView', action_source: 'website' }, {
  /*list event_name*/event_name: 'Lead', /*list action_source*/action_source: 'chat', /*list event_id*/event_id: '1',
  /*list event_time*/event_time: 1, /*list user_data*/user_data: { em: '' }, custom_data: { /*list value*/value: 1, /*list currency*/currency: 'EUR' },
}])
void web.send({ /*web send event_name*/event_name: 'Lead', /*web send event_id*/event_id: '1', custom_data: { /*web send value*/value: 1 } })
void capi.enqueue({
  /*queue event_name*/event_name: 'Purchase', /*queue action_source*/action_source: 'business_messaging', /*queue event_id*/event_id: '1',
  messaging_channel: 'messenger', event_time: 1, /*queue user_data*/user_data: { /*queue page_id*/page_id: 1, page_scoped_user_id: 1 },
  custom_data: { /*queue value*/value: 1, /*queue currency*/currency: 'EUR' },
})
void capi.send({ data: [{
  /*payload event_name*/event_name: 'Purchase', /*payload action_source*/action_source: 'chat', /*payload event_id*/event_id: '1',
  /*payload event_time*/event_time: 1, /*payload user_data*/user_data: { em: '' }, custom_data: { /*payload value*/value: 1, /*payload currency*/currency: 'EUR' },
}] })
void capi.send({ event_name: 'Lead', action_source: 'chat', custom_data: { currency: '/*send currencies*/' } })
void capi.send({ event_name: 'Lead', action_source: 'chat', custom_data: { /*send keys*/ } })
void capi.send({ event_name: 'Lead', action_source: '/*send sources*/' })
void capi.send({ /*send fields*/ })
void buildEvent({ /*build event_name*/event_name: 'Lead', /*build action_source*/action_source: 'chat', /*build user_data*/user_data: { em: '' } })
capi.with({ /*with user_data*/user_data: {}, /*with consent*/consent: 'granted', /*with action_source*/action_source: 'website' })
void web.track(/*name*/'', /*data*/{}, /*event*/{})
void web.track('Lead', { /*keys*/ })
void web.track('Purchase', { /*purchase keys*/ })
void web.track('ViewContent', { content_type: 'vehicle', /*vehicle keys*/ })
void web.track('Lead', { currency: '/*lead currencies*/' })
void web.track('Purchase', { value: 1, currency: '/*sale currencies*/' })
void capi.track('Lead', { currency: '/*job currencies*/' }, { action_source: 'chat' })
void web.track('Lead', {}, { /*web fields*/ })
void web.track('Lead', {}, { action_source: 'app', /*app fields*/ })
void capi.track('Lead', {}, { /*job fields*/ })
void capi.track('Lead', {}, { action_source: '/*sources*/' })
`)

/** Personal data, and what belongs beside custom_data. */
const FORBIDDEN = [
  'em',
  'ph',
  'email',
  'phone',
  'external_id',
  'fbc',
  'fbp',
  'user_data',
  'event_id',
]

describe('hovering over a key shows its text', () => {
  it.each([
    ['track', 'never'],
    ['pixelId', 'dataset'],
    ['accessToken', 'token'],
    ['onIssue', 'wrong'],
    ['web value', 'major units'],
    ['web currency', 'ISO 4217'],
    ['web order_id', 'order number'],
    ['web content_ids', 'Product ids'],
    ['web contents', 'Products'],
    ['content id', 'Product id'],
    ['content item_price', 'Price'],
    ['web event_id', 'browser'],
    ['web event_time', 'Unix seconds'],
    ['web event_source_url', 'Address of the page'],
    ['web user_data', 'Who it was'],
    ['web em', 'E-mail'],
    ['web fbc', 'Click id'],
    ['web external_id', 'Your own ids'],
    ['cart value', 'major units'],
    ['cart currency', 'ISO 4217'],
    ['content_type', 'catalogue'],
    ['body_style', 'body'],
    ['job value', 'major units'],
    ['job currency', 'ISO 4217'],
    ['job action_source', 'Where it happened'],
    ['job event_id', 'browser'],
    ['job event_time', 'Unix seconds'],
    ['job user_data', 'Who it was'],
    ['messaging_channel', 'Where the conversation'],
    ['whatsapp user_data', 'ctwa_clid'],
    ['ctwa_clid', 'click id'],
    ['app_data', 'app'],
    ['advertiser_tracking_enabled', 'track'],
    ['madid', 'advertising id'],
    ...['send', 'list', 'queue', 'payload'].flatMap((place) => [
      [`${place} event_name`, 'standard event'],
      [`${place} action_source`, 'Where it happened'],
      [`${place} event_id`, 'browser'],
      [`${place} user_data`, 'Who it was'],
      [`${place} value`, 'major units'],
      [`${place} currency`, 'ISO 4217'],
    ]),
    ['send event_time', 'Unix seconds'],
    ['list event_time', 'Unix seconds'],
    ['payload event_time', 'Unix seconds'],
    ['send em', 'E-mail'],
    ['send custom_data', 'sold'],
    ['send order_id', 'order number'],
    ['web send event_name', 'standard event'],
    ['web send event_id', 'browser'],
    ['web send value', 'major units'],
    ['queue page_id', 'page'],
    ['build event_name', 'event'],
    ['build action_source', ''],
    ['build user_data', 'Who it was'],
    ['with user_data', 'Who it is'],
    ['with consent', 'allows'],
    ['with action_source', 'happen'],
  ])('%s: …%s…', (place, words) => {
    const text = editor.hover(place)
    expect(text.toLowerCase()).toContain(words.toLowerCase())
    expect(text).not.toBe('')
  })
})

describe('completion', () => {
  it('offers what shops say, and nothing of other catalogues', () => {
    const keys = editor.completions('keys')
    expect(keys).toEqual(expect.arrayContaining(['value', 'currency', 'order_id', 'content_ids']))
    for (const key of ['body_style', 'drivetrain', 'checkin_date', 'listing_type'])
      expect(keys).not.toContain(key)
  })

  it('offers the keys of a catalogue once content_type names it', () => {
    expect(editor.completions('vehicle keys')).toEqual(
      expect.arrayContaining(['body_style', 'value']),
    )
    expect(editor.completions('vehicle keys')).not.toContain('checkin_date')
  })

  it('offers what a Purchase needs first', () => {
    expect(editor.completions('purchase keys').slice(0, 2)).toEqual(['currency', 'value'])
  })

  it.each(['keys', 'purchase keys', 'vehicle keys'])('offers nothing forbidden in %s', (place) => {
    const keys = editor.completions(place)
    for (const key of FORBIDDEN) expect(keys).not.toContain(key)
  })

  it('offers what an event of send says, and nothing forbidden', () => {
    expect(editor.completions('send fields')).toEqual(
      expect.arrayContaining(['event_name', 'action_source', 'user_data', 'custom_data']),
    )
    const keys = editor.completions('send keys')
    expect(keys).toEqual(expect.arrayContaining(['value', 'currency', 'order_id']))
    for (const key of FORBIDDEN) expect(keys).not.toContain(key)
    expect(editor.completions('send sources')).toHaveLength(9)
  })

  it.each(['lead currencies', 'sale currencies', 'job currencies', 'send currencies'])(
    'offers %s',
    (place) => {
      expect(editor.completions(place)).toEqual(expect.arrayContaining(['EUR', 'USD', 'JPY']))
    },
  )

  it('offers what an event of a website says, and of an app once it is one', () => {
    const web = editor.completions('web fields')
    expect(web).toEqual(expect.arrayContaining(['event_id', 'user_data', 'event_time']))
    expect(web).toEqual(expect.arrayContaining(['consent', 'pixelId']))
    expect(web).not.toContain('app_data')
    expect(web).not.toContain('messaging_channel')
    expect(editor.completions('app fields')[0]).toBe('app_data')
  })

  it('offers action_source first where the event has to name it', () => {
    expect(editor.completions('job fields')[0]).toBe('action_source')
    expect(editor.completions('sources')).toHaveLength(9)
  })
})

it.each(['name', 'data', 'event'])(
  'says of the arguments of track what they are, at %s',
  (place) => {
    const text = editor.argument(place)
    expect(text).toContain('standard event')
    expect(text).toContain('what the event is about')
    expect(text).toContain('which `event_id` the browser')
  },
)
