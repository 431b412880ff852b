import { describe, expect, it } from 'vitest'
import { isPageRequest } from '../../src/http/page-request.ts'

const PAGE = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-dest': 'document' }
const isPage = (headers: Readonly<Record<string, string>>) =>
  isPageRequest('GET', { url: '/', header: (name) => ({ ...PAGE, ...headers })[name] })
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15'
const IN_APP = `${IPHONE} (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0;FBLC/de_DE;FBOP/5;FBRV`

describe('a page that a person looks at', () => {
  it.each([
    ['Safari', `${IPHONE} (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1`],
    ["Facebook's app", `${IN_APP}/0]`],
    ["Instagram's app", `${IPHONE} Instagram 370.0.0 (iPhone15,2; iOS 18_5; de_DE)`],
    [
      'a telephone called CUBOT',
      'Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
    ],
    ['no agent', ''],
  ])('is one: %s', (_name, agent) => {
    expect(isPage({ 'user-agent': agent })).toBe(true)
  })
})

describe('a page that nobody looks at', () => {
  it.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'facebookcatalog/1.0',
    'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)',
    'meta-externalfetcher/1.1',
    'AdsBot-Google (+http://www.google.com/adsbot.html)',
    'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
    'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
    'Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)',
    'WhatsApp/2.23.20.0 A',
    'Mozilla/5.0 (Macintosh) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Chrome-Lighthouse',
    'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
    'Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  ])('is none for the robot %s', (agent) => {
    expect(isPage({ 'user-agent': agent })).toBe(false)
  })

  it.each([
    ["Facebook's app", { 'user-agent': `${IN_APP}/83160404]` }],
    [
      "Facebook's app, as it says in a header",
      { 'x-purpose': 'preview', 'x-fb-http-engine': 'Liger' },
    ],
    ['Chromium', { 'sec-purpose': 'prefetch;prerender' }],
    ['Safari', { purpose: 'prefetch' }],
    ['Safari, for its tops', { purpose: 'preview' }],
    ['Firefox of old', { 'x-moz': 'prefetch' }],
  ])('is none when it is fetched ahead: %s', (_name, headers) => {
    expect(isPage(headers as Record<string, string>)).toBe(false)
  })

  it('takes no time over an agent of a megabyte', () => {
    expect(isPage({ 'user-agent': `${'cubot'.repeat(200_000)}bot/1` })).toBe(true)
  })
})
