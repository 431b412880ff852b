/** What people of 40 countries type. */
export interface Place {
  /** Alpha-2, lower-case, as Meta compares it. */
  readonly code: string
  readonly names: readonly string[]
  readonly towns: readonly { readonly town: string; readonly state: string; readonly zip: string }[]
  readonly first: readonly string[]
  readonly last: readonly string[]
}

/** Code; alpha-3 and names; town/state/zip; first names; last names. A US or Canadian state has its code behind it. */
const ROWS = `
us; USA, United States, U.S., US; New York/New York=ny/10001, Los Angeles/CA=ca/90001-1234, Winston-Salem/North Carolina=nc/27101, Washington/District of Columbia=dc/20500; Mary, DeShawn; O'Connor, Van Der Berg
ca; CAN, Canada, CA; Montréal/Québec=qc/H2X 1Y4, Toronto/Ontario=on/M5V 2T6, St. John’s/Newfoundland and Labrador=nl/A1C 5S7; Élodie, Liam; Tremblay, Côté
gb; GBR, United Kingdom, UK, Great Britain, GB; London/Greater London/SW1A 1AA, Newcastle upon Tyne/Tyne and Wear/NE1 7RU; Oliver, Siân; Taylor, St John
de; DEU, Germany, Deutschland, DE; München/Bayern/80331, Köln/Nordrhein-Westfalen/D-50667; Jürgen, Anna-Lena; Müller, Weiß
fr; FRA, France, FR; Paris/Île-de-France/75018, Saint-Étienne/Auvergne-Rhône-Alpes/42000; François, Zoé; D'Arc, Lefèvre
it; ITA, Italy, Italia, IT; Roma/Lazio/00184, Sant'Agata/Emilia-Romagna/40019; Niccolò, Chiara; Rossi, D’Angelo
es; ESP, Spain, España, ES; Madrid/Comunidad de Madrid/28013, Málaga/Andalucía/29001; José María, Íñigo; González, Núñez
nl; NLD, Netherlands, Nederland, The Netherlands, NL; ’s-Hertogenbosch/Noord-Brabant/5211 AX, Amsterdam/Noord-Holland/1012 LG; Sjoerd, Floor; van den Berg, de Vries
ch; CHE, Switzerland, Schweiz, CH; Zürich/ZH/8001, Genève/Genève/1201; Reto, Loïc; Gfeller, Müller-Meier
br; BRA, Brazil, Brasil, BR; São Paulo/São Paulo/01310-100, Brasília/DF/70040-010; João, Conceição; da Silva, Araújo
jp; JPN, Japan, 日本, JP; 東京/東京都/100-0001, Ōsaka/Ōsaka/530-0001; 太郎, Yūko; 山田, Satō
au; AUS, Australia, AU; Sydney/New South Wales/2000, Wagga Wagga/NSW/2650; Bruce, Ngaire; Mac Donald, Nguyễn
pl; POL, Poland, Polska, PL; Łódź/łódzkie/90-001, Warszawa/mazowieckie/00-950; Zbigniew, Małgorzata; Wójcik, Żółć
at; AUT, Austria, Österreich, AT; Wien/Wien/1010, St. Pölten/Niederösterreich/3100; Maximilian, Zoë; Gruber, Höfer
be; BEL, Belgium, België, BE; Liège/Liège/4000, Sint-Niklaas/Oost-Vlaanderen/9100; Lotte, Jean-Luc; Peeters, d'Hondt
se; SWE, Sweden, Sverige, SE; Malmö/Skåne/211 20, Göteborg/Västra Götaland/411 03; Åsa, Björn; Ågren, Nyström
no; NOR, Norway, Norge, NO; Tromsø/Troms/9008, Bø/Telemark/3800; Øystein, Kari; Bjørnstad, Sæther
dk; DNK, Denmark, Danmark, DK; Århus/Midtjylland/8000, Sønderborg/Syddanmark/6400; Søren, Mette; Ærø, Nørgaard
fi; FIN, Finland, Suomi, FI; Jyväskylä/Keski-Suomi/40100, Espoo/Uusimaa/02100; Väinö, Aino; Mäkelä, Virtanen
pt; PRT, Portugal, PT; Évora/Alentejo/7000-503, Vila Nova de Gaia/Porto/4400-001; Inês, Tomás; Gonçalves, d’Almeida
ie; IRL, Ireland, Éire, IE; Dún Laoghaire/Dublin/A96 E2H0, Cork/Munster/T12 X8N6; Saoirse, Seán; O’Brien, Ní Dhomhnaill
cz; CZE, Czech Republic, Česko, CZ; Plzeň/Plzeňský kraj/301 00, Brno/Jihomoravský/602 00; Jiří, Zdeňka; Novák, Dvořáková
hu; HUN, Hungary, Magyarország, HU; Győr/Győr-Moson-Sopron/9021, Pécs/Baranya/7621; Ödön, Ágnes; Kovács, Szőke
ro; ROU, Romania, România, RO; Iași/Iași/700028, Cluj-Napoca/Cluj/400001; Ștefan, Ioana; Țurcanu, Popescu
gr; GRC, Greece, Ελλάδα, GR; Αθήνα/Αττική/105 57, Thessaloniki/Makedonia/546 24; Αντώνιος, Eleni; Παπαδόπουλος, Nikolaou
bg; BGR, Bulgaria, BG; София/София/1000, Plovdiv/Plovdiv/4000; Иван, Mariya; Димитров, Ivanova
hr; HRV, Croatia, Hrvatska, HR; Zagreb/Grad Zagreb/10000, Šibenik/Šibensko-kninska/22000; Željko, Ana; Horvat, Đurić
tr; TUR, Turkey, Türkiye, TR; İzmir/İzmir/35210, Muğla/Muğla/48000; Çağla, Oğuz; Yılmaz, Öztürk
ru; RUS, Russia, Россия, RU; Москва/Москва/101000, Ростов-на-Дону/Ростовская область/344002; Алёна, Igor; Иванов, Rimski-Korsakow
ua; UKR, Ukraine, Україна, UA; Київ/Київ/01001, Ivano-Frankivsk/Ivano-Frankivsk/76018; Олена, Taras; Шевченко, Koval
in; IND, India, IN; Mumbai/Maharashtra/400001, New Delhi/Delhi/110001; Arjun, Lakshmi; Iyer, D’Souza
id; IDN, Indonesia, ID; Jakarta/DKI Jakarta/10110, Yogyakarta/DI Yogyakarta/55111; Budi, Dewi; Wijaya, Sri Mulyani
kr; KOR, South Korea, Korea, KR; 서울/서울특별시/04524, Busan/Busan/48058; 민준, Seo-yeon; 김, Park
mx; MEX, Mexico, México, MX; Ciudad de México/CDMX/06000, Mérida/Yucatán/97000; Íñigo, Guadalupe; Peña Nieto, Ibáñez
ar; ARG, Argentina, AR; Buenos Aires/CABA/C1002, Córdoba/Córdoba/X5000; Martín, Belén; Agüero, di María
cl; CHL, Chile, CL; Viña del Mar/Valparaíso/2520000, Ñuñoa/Metropolitana/7750000; Matías, Javiera; Muñoz, O'Higgins
za; ZAF, South Africa, ZA; Cape Town/Western Cape/8001, Pietermaritzburg/KwaZulu-Natal/3201; Thandi, Pieter; van der Merwe, Ndlovu
ng; NGA, Nigeria, NG; Lagos/Lagos/100001, Port Harcourt/Rivers/500101; Chidi, Ọlá; Adébáyọ̀, Okonkwo
il; ISR, Israel, IL; תל אביב/תל אביב/6100000, Haifa/Haifa/3100000; נועה, David; כהן, Ben-Gurion
nz; NZL, New Zealand, NZ; Whangārei/Northland/0110, Dunedin/Otago/9016; Aroha, Hēmi; Te Kanawa, Mac Donald
`

const list = (cell: string | undefined) => (cell ?? '').split(',').map((one) => one.trim())

export const PLACES: readonly Place[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [code = '', names, towns, first, last] = row.split(';')
    return {
      code,
      names: list(names),
      towns: list(towns).map((one) => {
        const [town = '', state = '', zip = ''] = one.split('/')
        return { town, state, zip }
      }),
      first: list(first),
      last: list(last),
    }
  })
