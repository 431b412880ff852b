/** Vehicle ads. Source: Meta, Standard Parameters, read 2026-09. */
export interface VehicleData {
  /** Its maker. */
  make?: string | undefined
  /** Its model. */
  model?: string | undefined
  /** `YYYY` */
  year?: string | number | undefined
  /** Up to 50 characters. */
  trim?: string | undefined
  /** Vehicle identification number: of the vehicle on offer, never of the visitor's own. */
  vin?: string | undefined
  /** Amount and currency: `12000 EUR`. */
  price?: string | undefined
  /** Unit of `mileage.value`, for example `KM`. */
  'mileage.unit'?: string | undefined
  /** How far it has been driven, in `mileage.unit`. The dot is part of the key. */
  'mileage.value'?: number | string | undefined
  /** Its body; a value not in this list costs the field. */
  body_style?:
    | 'CONVERTIBLE'
    | 'COUPE'
    | 'HATCHBACK'
    | 'MINIVAN'
    | 'TRUCK'
    | 'SUV'
    | 'SEDAN'
    | 'VAN'
    | 'WAGON'
    | 'CROSSOVER'
    | 'OTHER'
    | undefined
  /** Which wheels are driven; a value not in this list costs the field. */
  drivetrain?: '4X2' | '4X4' | 'AWD' | 'FWD' | 'RWD' | 'OTHER' | 'NONE' | undefined
  /** What it runs on; a value not in this list costs the field. */
  fuel_type?:
    | 'DIESEL'
    | 'ELECTRIC'
    | 'FLEX'
    | 'GASOLINE'
    | 'HYBRID'
    | 'PETROL'
    | 'PLUGIN_HYBRID'
    | 'OTHER'
    | 'NONE'
    | undefined
  /** How it changes gear; a value not in this list costs the field. */
  transmission?: 'AUTOMATIC' | 'MANUAL' | 'OTHER' | 'NONE' | undefined
  /** How well it is kept, in words. */
  condition_of_vehicle?: string | undefined
  /** New, used or certified (`CPO`). */
  state_of_vehicle?: string | undefined
  /** Colour outside. */
  exterior_color?: string | undefined
  /** Colour inside. */
  interior_color?: string | undefined
  /** Designated market area in the USA, by its number: where the vehicle is on offer. */
  dma_code?: string | undefined
  /** What the visitor would pay, from and to, in major units: `[10000, 20000]`. */
  preferred_price_range?: string | readonly number[] | undefined
  /** Ids of vehicles you would suggest to this visitor. */
  suggested_vehicles?: readonly string[] | undefined
}

/** Home listing ads. Source: Meta, Standard Parameters, read 2026-09. */
export interface HomeData {
  /** Whether and how it is to be had; a value not in this list costs the field. */
  availability?:
    | 'available_soon'
    | 'for_rent'
    | 'for_sale'
    | 'off_market'
    | 'recently_sold'
    | 'sale_pending'
    | undefined
  /** What kind of home; a value not in this list costs the field. */
  property_type?:
    | 'apartment'
    | 'condo'
    | 'house'
    | 'land'
    | 'manufactured'
    | 'other'
    | 'townhouse'
    | undefined
  /** Who offers it, and how; a value not in this list costs the field. */
  listing_type?:
    | 'for_rent_by_agent'
    | 'for_rent_by_owner'
    | 'for_sale_by_agent'
    | 'for_sale_by_owner'
    | 'foreclosed'
    | 'new_construction'
    | 'new_listing'
    | undefined
  /** `YYYY-MM-DD` */
  lease_start_date?: string | undefined
  /** `YYYY-MM-DD` */
  lease_end_date?: string | undefined
  /** How many bedrooms the visitor wants, from and to. */
  preferred_beds_range?: string | readonly number[] | undefined
  /** How many bathrooms the visitor wants, from and to. */
  preferred_baths_range?: string | readonly number[] | undefined
  /** Neighbourhoods the visitor would live in. */
  preferred_neighborhoods?: readonly string[] | undefined
  /** Neighbourhood of the home. */
  neighborhood?: string | undefined
  /** Ids of homes you would suggest to this visitor. */
  suggested_home_listings?: readonly string[] | undefined
}
