import { byWord } from '../field/by-word.ts'

/**
 * Active ISO 4217 codes that money is charged in, by the digits behind the point of their minor unit. Never asked of `Intl`: it
 * knows cash, not coins, and says 0 for HUF, COP, IDR, PKR and a dozen others on Node, and something else elsewhere.
 * Source: ISO 4217 list one, read 2026-11; BGN until 2026.
 */
const CODES = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2: 'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF',
} as const

type Split<Text extends string, Found = never> = Text extends `${infer Code} ${infer Rest}`
  ? Split<Rest, Found | Code>
  : Found | Text

/** An ISO 4217 code in upper case, such as `EUR`. */
export type CurrencyCode = Split<(typeof CODES)[keyof typeof CODES]>

/** The digits by code. */
export const currencies: () => ReadonlyMap<string, string> = byWord(CODES)

/**
 * Digits behind the point of a currency's smallest coin: 2 for EUR, 0 for JPY, 3 for KWD; 2 for what is no code.
 * @internal
 */
export function minorUnits(currency: string): number {
  return Number(currencies().get(currency) ?? 2)
}

/** What people type, and mean one currency by. Upper-case, without blanks and dots. */
const SPELLINGS: { readonly [C in CurrencyCode]?: string } = {
  AED: 'DHS DH',
  AUD: 'A$ AU$ AUD$',
  BGN: 'ЛВ',
  BRL: 'R$ BRL$ REAL REAIS',
  CAD: 'C$ CA$ CAD$ CDN CDN$',
  CHF: 'SFR FRANKEN',
  CNY: 'RMB CN¥ RENMINBI YUAN',
  CRC: '₡',
  CZK: 'KČ',
  EUR: '€ EURO EUROS EUR€ €UR',
  GBP: '£ GB£ GBP£ UKP STG POUNDSTERLING',
  HKD: 'HK$ HKD$',
  HUF: 'FT',
  IDR: 'RP',
  ILS: '₪ NIS',
  INR: '₹ INRS',
  JPY: 'JP¥ YEN 円',
  KRW: '₩ WON',
  MXN: 'MX$ MXN$',
  MYR: 'RM',
  NGN: '₦',
  NZD: 'NZ$ NZD$',
  PEN: 'S/',
  PHP: '₱',
  PLN: 'ZŁ ZL',
  RON: 'LEI LEU',
  RUB: '₽',
  SGD: 'S$ SG$ SGD$',
  THB: '฿',
  TRY: '₺ TL',
  TWD: 'NT$ NTD',
  UAH: '₴ ГРН',
  USD: 'US$ USD$ $US USDOLLAR USDOLLARS',
  VND: '₫',
  ZAR: 'RAND R',
}

export const currencyOfSpelling: () => ReadonlyMap<string, string> = byWord(SPELLINGS)

/** Signs of several currencies, and which: an amount may be written with one, a currency not. */
export const SHARED_SIGNS: { readonly [sign: string]: RegExp | undefined } = {
  $: /D$|ARS|BRL|CLP|COP|DOP|MXN|UYU/,
  '¥': /JPY|CNY/,
  元: /CNY|TWD|HKD/,
  BS: /BOB|VE[DS]/,
  РУБ: /RUB|BYN/,
  Р: /RUB|BYN/,
  '£': /GBP|EGP|FKP|GIP|LBP|SHP|SYP/,
  KR: /SEK|NOK|DKK|ISK/,
  RS: /INR|PKR|LKR|NPR|MUR|SCR/,
  FR: /CHF|XOF|XAF|XPF|GNF|RWF|BIF|DJF|KMF|CDF/,
}
