import { compact } from './compact.ts'

const MAX_LENGTH = 128

/** Names and old abbreviations of the states, by code. Source: USPS Publication 28, read 2026-11. */
const US =
  'al:alabama,ala ak:alaska az:arizona,ariz ar:arkansas,ark ca:california,calif,cal co:colorado,colo ct:connecticut,conn de:delaware,del dc:districtofcolumbia,washingtondc fl:florida,fla ga:georgia hi:hawaii id:idaho il:illinois,ill in:indiana,ind ia:iowa ks:kansas,kans ky:kentucky la:louisiana me:maine md:maryland ma:massachusetts,mass mi:michigan,mich mn:minnesota,minn ms:mississippi,miss mo:missouri mt:montana,mont ne:nebraska,nebr nv:nevada,nev nh:newhampshire nj:newjersey nm:newmexico ny:newyork,newyorkstate nc:northcarolina nd:northdakota oh:ohio ok:oklahoma,okla or:oregon,ore pa:pennsylvania,penn,penna ri:rhodeisland sc:southcarolina sd:southdakota tn:tennessee,tenn tx:texas,tex ut:utah vt:vermont va:virginia wa:washington,wash,washingtonstate wv:westvirginia wi:wisconsin,wis,wisc wy:wyoming,wyo as:americansamoa gu:guam mp:northernmarianaislands pr:puertorico vi:virginislands,usvirginislands aa:armedforcesamericas ae:armedforceseurope ap:armedforcespacific'
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
  return table.get(name) ?? isoSubdivision(name, country, table) ?? name
}

/** `US-CA`, as ISO 3166-2 and some shop systems write it. */
function isoSubdivision(
  name: string,
  country: string | undefined,
  table: Codes,
): string | undefined {
  const code = name.slice(2)
  const isIso = name.length === 4 && name.startsWith(country ?? 'us') && table.get(code) === code
  return isIso ? code : undefined
}
