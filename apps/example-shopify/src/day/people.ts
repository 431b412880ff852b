/** Nobody's: names of an example book, numbers and addresses reserved for examples. */
export const ANNA = {
  first_name: 'Anna',
  last_name: 'Muster',
  address1: 'Beispielweg 1',
  phone: '079 123 45 67',
  city: 'Zürich',
  zip: '8004',
  province: 'Zürich',
  province_code: 'ZH',
  country: 'Switzerland',
  country_code: 'CH',
}

export const JOHN = {
  first_name: 'John',
  last_name: 'Doe',
  address1: '1 Example Street',
  phone: '(212) 555-0100',
  city: 'New York',
  zip: '10001',
  province: 'New York',
  province_code: 'NY',
  country: 'United States',
  country_code: 'US',
}

export const BROWSER =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile/15E148 Safari/604.1'
export const STAFF_BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36'
