import { compact } from './compact.ts'

const MAX_LENGTH = 128

/** Names and old abbreviations of the states, by code. Source: USPS Publication 28, read 2026-11. */
const US =
  'al:alabama,ala ak:alaska az:arizona,ariz ar:arkansas,ark ca:california,calif,cal co:colorado,colo ct:connecticut,conn de:delaware,del dc:districtofcolumbia,washingtondc fl:florida,fla ga:georgia hi:hawaii id:idaho il:illinois,ill in:indiana,ind ia:iowa ks:kansas,kans ky:kentucky la:louisiana me:maine md:maryland ma:massachusetts,mass mi:michigan,mich mn:minnesota,minn ms:mississippi,miss mo:missouri mt:montana,mont ne:nebraska,nebr nv:nevada,nev nh:newhampshire nj:newjersey nm:newmexico ny:newyork nc:northcarolina nd:northdakota oh:ohio ok:oklahoma,okla or:oregon,ore pa:pennsylvania,penn,penna ri:rhodeisland sc:southcarolina sd:southdakota tn:tennessee,tenn tx:texas,tex ut:utah vt:vermont va:virginia wa:washington,wash wv:westvirginia wi:wisconsin,wis,wisc wy:wyoming,wyo as:americansamoa gu:guam mp:northernmarianaislands pr:puertorico vi:virginislands,usvirginislands aa:armedforcesamericas ae:armedforceseurope ap:armedforcespacific'
/** Source: Canada Post, addressing guidelines, read 2026-11. */
const CA =
  'ab:alberta,alta bc:britishcolumbia,colombiebritannique mb:manitoba nb:newbrunswick,nouveaubrunswick nl:newfoundlandandlabrador,newfoundland,labrador,newfoundlandlabrador,terreneuveetlabrador nt:northwestterritories,territoiresdunordouest ns:novascotia,nouvelleécosse nu:nunavut on:ontario,ont pe:princeedwardisland,pei,îleduprinceédouard qc:quebec,québec,que,pq sk:saskatchewan,sask yt:yukon,yukonterritory'

type Codes = ReadonlyMap<string, string>
let tables: { readonly us: Codes; readonly ca: Codes; readonly unknown: Codes } | undefined

function codes() {
  if (tables === undefined) {
    const [us, ca] = [parse(US), parse(CA)]
    tables = { us, ca, unknown: new Map([...ca, ...us]) }
  }
  return tables
}

function parse(rows: string): Codes {
  const found = new Map<string, string>()
  for (const row of rows.split(' ')) {
    const [code = '', names = ''] = row.split(':')
    for (const name of [code, ...names.split(',')]) found.set(name, code)
  }
  return found
}

/**
 * US and Canadian states and provinces become their two letters; everywhere else the name stays,
 * compact: `Bayern` is `bayern`, never `ba`. Without a country, US names win over Canadian ones.
 * Source: Meta, Customer Information Parameters, read 2026-09; Canada: Parameter Builder.
 */
export function state(
  text: string,
  context: { readonly country?: string | undefined },
): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const name = compact(text)
  const { country } = context
  if (country !== undefined && country !== 'us' && country !== 'ca') return name
  const table = codes()[country ?? 'unknown']
  return table.get(name) ?? longForm(name, country, table) ?? name
}

const BEFORE = ['thestateof', 'stateof', 'commonwealthof', 'provinceof'] as const
const BEHIND = ['unitedstatesofamerica', 'unitedstates', 'usa', 'us', 'canada', 'state'] as const

/** `US-CA` as ISO 3166-2 writes it, `California (CA)`, `CA - California`, `NY, USA`, `State of Texas`: all compact by now. */
function longForm(name: string, country: string | undefined, table: Codes): string | undefined {
  const [start, end] = [name.slice(0, 2), name.slice(-2)]
  if (name.length === 4) return start === (country ?? 'us') ? table.get(end) : undefined
  if (table.get(name.slice(0, -2)) === end) return end
  if (table.get(name.slice(2)) === start) return start
  for (const word of BEFORE) if (name.startsWith(word)) return table.get(name.slice(word.length))
  const word = BEHIND.find((ending) => name.endsWith(ending))
  return word === undefined ? undefined : table.get(name.slice(0, -word.length))
}
