/** What people of 13 countries type: names, towns, regions, codes and phone numbers as they write them. */
export interface Place {
  readonly code: string
  readonly alpha3: string
  readonly names: readonly [string, ...string[]]
  readonly towns: readonly [
    readonly [town: string, region: string, zip: string],
    ...(readonly [string, string, string])[],
  ]
  /** `#` is any digit. */
  readonly national: readonly [string, ...string[]]
  readonly international: readonly [string, ...string[]]
  readonly first: readonly [string, ...string[]]
  readonly last: readonly [string, ...string[]]
}

export const PLACES: readonly [Place, ...Place[]] = [
  {
    code: 'US',
    alpha3: 'USA',
    names: ['United States', 'USA', 'U.S.', 'us'],
    towns: [
      ['New York', 'New York', '10001'],
      ['Los Angeles', 'CA', '90001-1234'],
      ['Winston-Salem', 'North Carolina', '27101'],
    ],
    national: ['(212) 55#-01##', '310-555-01##'],
    international: ['+1 212 555 01##', '0012125550###'],
    first: ['Mary', 'James', 'DeShawn'],
    last: ["O'Connor", 'Smith', 'Van Der Berg'],
  },
  {
    code: 'CA',
    alpha3: 'CAN',
    names: ['Canada', 'CA'],
    towns: [
      ['Montréal', 'Québec', 'H2X 1Y4'],
      ['Toronto', 'Ontario', 'M5V 2T6'],
      ['St. John’s', 'Newfoundland', 'A1C 5S7'],
    ],
    national: ['(416) 555-01##', '514.555.01##'],
    international: ['+1 416 555 01##'],
    first: ['Élodie', 'Liam'],
    last: ['Tremblay', 'Côté'],
  },
  {
    code: 'GB',
    alpha3: 'GBR',
    names: ['United Kingdom', 'UK', 'Great Britain', 'GB'],
    towns: [
      ['London', 'Greater London', 'SW1A 1AA'],
      ['Manchester', '', 'M1 1AE'],
    ],
    national: ['020 7946 0###', '07700 900###'],
    international: ['+44 20 7946 0###', '+44 (0)20 7946 0###'],
    first: ['Oliver', 'Siân'],
    last: ['Taylor', 'St John'],
  },
  {
    code: 'DE',
    alpha3: 'DEU',
    names: ['Germany', 'Deutschland', 'DE'],
    towns: [
      ['München', 'Bayern', '80331'],
      ['Köln', 'Nordrhein-Westfalen', 'D-50667'],
    ],
    national: ['0171 123 4###', '030/1234####'],
    international: ['+49 171 123 4###', '0049 30 1234####'],
    first: ['Jürgen', 'Anna-Lena'],
    last: ['Müller', 'Weiß'],
  },
  {
    code: 'FR',
    alpha3: 'FRA',
    names: ['France', 'FR'],
    towns: [
      ['Paris', 'Île-de-France', '75018'],
      ['Saint-Étienne', 'Auvergne-Rhône-Alpes', '42000'],
    ],
    national: ['06 12 34 5# ##', '01.42.34.5#.##'],
    international: ['+33 6 12 34 5# ##'],
    first: ['François', 'Zoé'],
    last: ["D'Arc", 'Lefèvre'],
  },
  {
    code: 'IT',
    alpha3: 'ITA',
    names: ['Italy', 'Italia', 'IT'],
    towns: [
      ['Roma', 'Lazio', '00184'],
      ["Sant'Agata", 'Emilia-Romagna', '40019'],
    ],
    national: ['06 698 1####', '347 123 4###'],
    international: ['+39 06 698 1####', '+39 347 123 4###'],
    first: ['Niccolò', 'Chiara'],
    last: ['Rossi', 'D’Angelo'],
  },
  {
    code: 'ES',
    alpha3: 'ESP',
    names: ['Spain', 'España', 'ES'],
    towns: [
      ['Madrid', 'Comunidad de Madrid', '28013'],
      ['Málaga', 'Andalucía', '29001'],
    ],
    national: ['612 34 5# ##', '912 345 ###'],
    international: ['+34 612 34 5# ##'],
    first: ['José María', 'Íñigo'],
    last: ['González', 'Núñez'],
  },
  {
    code: 'NL',
    alpha3: 'NLD',
    names: ['Netherlands', 'Nederland', 'The Netherlands', 'NL'],
    towns: [
      ['’s-Hertogenbosch', 'Noord-Brabant', '5211 AX'],
      ['Amsterdam', 'Noord-Holland', '1012 LG'],
    ],
    national: ['06-1234 5###', '020 123 4###'],
    international: ['+31 6 1234 5###'],
    first: ['Sjoerd', 'Floor'],
    last: ['van den Berg', 'de Vries'],
  },
  {
    code: 'CH',
    alpha3: 'CHE',
    names: ['Switzerland', 'Schweiz', 'CH'],
    towns: [
      ['Zürich', 'ZH', '8001'],
      ['Genève', 'Genève', '1201'],
    ],
    national: ['079 123 4# ##', '044 123 4# ##'],
    international: ['+41 79 123 4# ##'],
    first: ['Reto', 'Loïc'],
    last: ['Gfeller', 'Müller-Meier'],
  },
  {
    code: 'BR',
    alpha3: 'BRA',
    names: ['Brazil', 'Brasil', 'BR'],
    towns: [
      ['São Paulo', 'São Paulo', '01310-100'],
      ['Brasília', 'DF', '70040-010'],
    ],
    national: ['(11) 91234-5###', '011 3123 4###'],
    international: ['+55 11 91234-5###'],
    first: ['João', 'Conceição'],
    last: ['da Silva', 'Araújo'],
  },
  {
    code: 'JP',
    alpha3: 'JPN',
    names: ['Japan', '日本', 'JP'],
    towns: [
      ['東京', '東京都', '100-0001'],
      ['Ōsaka', 'Ōsaka', '530-0001'],
    ],
    national: ['03-5843-2###', '090-1234-5###'],
    international: ['+81 3 5843 2###', '＋８１ ９０ １２３４ ５###'],
    first: ['太郎', 'Yūko'],
    last: ['山田', 'Satō'],
  },
  {
    code: 'AU',
    alpha3: 'AUS',
    names: ['Australia', 'AU'],
    towns: [
      ['Sydney', 'New South Wales', '2000'],
      ['Wagga Wagga', 'NSW', '2650'],
    ],
    national: ['0412 345 ###', '(02) 9876 5###'],
    international: ['+61 412 345 ###'],
    first: ['Bruce', 'Ngaire'],
    last: ['Mac Donald', 'Nguyễn'],
  },
  {
    code: 'PL',
    alpha3: 'POL',
    names: ['Poland', 'Polska', 'PL'],
    towns: [
      ['Łódź', 'łódzkie', '90-001'],
      ['Warszawa', 'mazowieckie', '00-950'],
    ],
    national: ['512 345 ###', '22 123 4# ##'],
    international: ['+48 512 345 ###'],
    first: ['Zbigniew', 'Małgorzata'],
    last: ['Wójcik', 'Żółć'],
  },
]
